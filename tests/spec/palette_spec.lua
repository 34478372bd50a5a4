-- Colours of actors: contrast by WCAG 2, and told apart as seen with each colour blindness.
local palette = require 'entente.palette'

local function linear(c)
  return c <= 0.04045 and c / 12.92 or ((c + 0.055) / 1.055) ^ 2.4
end

local function rgb(hex)
  local out = {}
  for i = 1, 3 do
    out[i] = linear(tonumber(hex:sub(2 * i, 2 * i + 1), 16) / 255)
  end
  return out
end

local function luminance(c)
  return 0.2126 * c[1] + 0.7152 * c[2] + 0.0722 * c[3]
end

local function contrast(a, b)
  local x, y = luminance(rgb(a)), luminance(rgb(b))
  return (math.max(x, y) + 0.05) / (math.min(x, y) + 0.05)
end

-- Machado, Oliveira and Fernandes (2009), severity 1, in linear RGB.
local seen_with = {
  normal = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
  protanopia = {
    { 0.152286, 1.052583, -0.204868 },
    { 0.114503, 0.786281, 0.099216 },
    { -0.003882, -0.048116, 1.051998 },
  },
  deuteranopia = {
    { 0.367322, 0.860646, -0.227968 },
    { 0.280085, 0.672501, 0.047413 },
    { -0.011820, 0.042940, 0.968881 },
  },
  tritanopia = {
    { 1.255528, -0.076749, -0.178779 },
    { -0.078411, 0.930809, 0.147602 },
    { 0.004733, 0.691367, 0.303900 },
  },
}

local function lab(c)
  local x = (0.4124 * c[1] + 0.3576 * c[2] + 0.1805 * c[3]) / 0.9505
  local y = 0.2126 * c[1] + 0.7152 * c[2] + 0.0722 * c[3]
  local z = (0.0193 * c[1] + 0.1192 * c[2] + 0.9505 * c[3]) / 1.089
  local function f(t)
    t = math.max(t, 0)
    return t > 0.008856 and t ^ (1 / 3) or 7.787 * t + 16 / 116
  end
  return { 116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z)) }
end

local function seen(hex, matrix)
  local c, out = rgb(hex), {}
  for i = 1, 3 do
    out[i] = matrix[i][1] * c[1] + matrix[i][2] * c[2] + matrix[i][3] * c[3]
  end
  return lab(out)
end

local function distance(a, b)
  return math.sqrt((a[1] - b[1]) ^ 2 + (a[2] - b[2]) ^ 2 + (a[3] - b[3]) ^ 2)
end

local function closest(list, matrix)
  local least, pair = math.huge, nil
  for i = 1, #list do
    for k = i + 1, #list do
      local d = distance(seen(list[i], matrix), seen(list[k], matrix))
      if d < least then
        least, pair = d, list[i] .. ' ' .. list[k]
      end
    end
  end
  return least, pair
end

describe('the palette', function()
  local grounds = {
    dark = { '#000000', '#1e1e1e', '#282828' },
    light = { '#ffffff', '#fdf6e3', '#eeeeee' },
  }
  for ground, backs in pairs(grounds) do
    it('is readable on ' .. ground .. ' grounds', function()
      for _, colour in ipairs(palette[ground]) do
        for _, back in ipairs(backs) do
          local c = contrast(colour, back)
          assert.is_true(c >= 4.5, ('%s on %s: %.2f'):format(colour, back, c))
        end
      end
    end)
    for name, matrix in pairs(seen_with) do
      it(('has %s colours that differ with %s sight'):format(ground, name), function()
        local d, pair = closest(palette[ground], matrix)
        assert.is_true(d >= 10, ('%s: %.1f'):format(pair or '', d))
      end)
    end
  end

  it('gives a name one colour, two names two while there are any', function()
    local taken, used = {}, {}
    for i = 1, palette.size do
      used[palette.slot(taken, 'Name ' .. i)] = true
    end
    local n = 0
    for _ in pairs(used) do
      n = n + 1
    end
    assert.are.equal(palette.size, n)
    assert.are.equal(palette.slot(taken, 'Name 1'), palette.slot(taken, 'Name 1'))
    assert.are.equal(palette.slot({}, 'Angela Merkel'), palette.slot({}, 'Angela Merkel'))
  end)
end)
