/* names - the English names of enumerated values, statuses and the version. See entente.h. */
#include "entente.h"

const char *ent_strerror(ent_status s)
{
    switch (s) {
    case ENT_OK:
        return "no error";
    case ENT_EARG:
        return "bad argument: position outside the text or text too large";
    case ENT_ENOMEM:
        return "out of memory";
    case ENT_EMODEL:
        return "the model is damaged or of another version: run 'make' again";
    }
    return "unknown error";
}

const char *ent_version(void)
{
    return "0.1.0";
}

const char *ent_kind_name(unsigned kind)
{
    static const char *const name[ENT_KINDS] = {"person", "country", "organisation",
                                                "group",  "place",   "proposal"};
    return kind < ENT_KINDS ? name[kind] : NULL;
}

const char *ent_form_name(unsigned form)
{
    static const char *const name[ENT_FORMS] = {"name", "nominal", "pronoun", "verbal"};
    return form < ENT_FORMS ? name[form] : NULL;
}

const char *ent_stance_name(unsigned label)
{
    static const char *const name[ENT_STANCES] = {"proposes",  "demands",   "supports",
                                                  "accepts",   "opposes",   "discusses",
                                                  "threatens", "criticises"};
    return label < ENT_STANCES ? name[label] : NULL;
}
