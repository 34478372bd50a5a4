#!/bin/sh
# rockspec.sh: prints the rockspec, whose lists of files must be written out. `make rockspec` keeps
# it; a test compares it with the folders.
cd "$(dirname "$0")/.." || exit 2
version=$(sed -n 's/^.define ENT_VERSION_[MP][A-Z]* //p' include/entente.h | paste -sd . -)
cat <<END
-- Made by \`make rockspec\`. From the top of a checkout:
-- luarocks --lua-version 5.4 make --deps-mode none rockspec/entente-$version-1.rockspec
rockspec_format = '3.0'
package = 'entente'
version = '$version-1'
source = { url = 'git+file://.', tag = 'v$version' }
description = {
  summary = 'Who acts and what is on the table: actors, proposals and stances in English text',
  detailed = 'Finds people, countries, organisations, groups and places, the proposals between '
    .. 'them and who stands where on what. A C core, a Lua module, a command line, editors.',
  license = 'MIT',
}
supported_platforms = { 'unix' }
dependencies = { 'lua >= 5.1, < 5.5' }
build = {
  type = 'builtin',
  modules = {
    entente_core = {
      incdirs = { 'include', 'src' },
      libraries = { 'm' },
      sources = {
END
for f in src/*.c; do echo "        '$f',"; done
cat <<END
      },
    },
END
find lua/entente -name '*.lua' | LC_ALL=C sort | while read -r f; do
    module=$(echo "$f" | sed 's|^lua/||; s|\.lua$||; s|/init$||; s|/|.|g')
    echo "    ['$module'] = '$f',"
done
cat <<END
  },
  install = {
    bin = { entente = 'bin/entente' },
    lua = {
      ['entente.model'] = 'model/entente.model',
END
for f in lua/entente/report/*.css lua/entente/report/*.html lua/entente/report/[!c]*.js; do
    echo "      ['entente.report.$(basename "$f" | tr . _)'] = '$f',"
done
cat <<END
    },
  },
  copy_directories = {},
}
END
