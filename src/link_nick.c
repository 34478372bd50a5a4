/* link_nick - given names and what they are short for, so that Bill and William Clinton meet. See
 * link_impl.h.
 *
 * Common English short forms, each with the one full form it mostly stands for; those that are
 * mostly names by themselves (Molly, Max) are left out. Where one stands for a man's and a woman's
 * name, the sexes that the rest of the text tells keep them apart. Add to the list in its order.
 */
#include "link_impl.h"

#include <string.h>

typedef struct nick {
    const char *call, *full;
} nick;

static const nick nicks[] = {
    {"abby", "abigail"},      {"abe", "abraham"},      {"al", "albert"},
    {"alec", "alexander"},    {"alex", "alexander"},   {"alf", "alfred"},
    {"andy", "andrew"},       {"angie", "angela"},     {"archie", "archibald"},
    {"barb", "barbara"},      {"barney", "barnabas"},  {"becky", "rebecca"},
    {"ben", "benjamin"},      {"benny", "benjamin"},   {"bernie", "bernard"},
    {"bert", "albert"},       {"beth", "elizabeth"},   {"betsy", "elizabeth"},
    {"betty", "elizabeth"},   {"bill", "william"},     {"billy", "william"},
    {"bob", "robert"},        {"bobby", "robert"},     {"brad", "bradley"},
    {"cathy", "catherine"},   {"charlie", "charles"},  {"chris", "christopher"},
    {"chuck", "charles"},     {"cindy", "cynthia"},    {"cliff", "clifford"},
    {"connie", "constance"},  {"dan", "daniel"},       {"danny", "daniel"},
    {"dave", "david"},        {"davy", "david"},       {"deb", "deborah"},
    {"debbie", "deborah"},    {"dick", "richard"},     {"don", "donald"},
    {"donny", "donald"},      {"doug", "douglas"},     {"ed", "edward"},
    {"eddie", "edward"},      {"eddy", "edward"},      {"ellie", "eleanor"},
    {"ernie", "ernest"},      {"frank", "francis"},    {"fred", "frederick"},
    {"freddie", "frederick"}, {"freddy", "frederick"}, {"gabe", "gabriel"},
    {"geoff", "geoffrey"},    {"gerry", "gerald"},     {"ginny", "virginia"},
    {"greg", "gregory"},      {"gus", "augustus"},     {"hank", "henry"},
    {"harry", "henry"},       {"ike", "isaac"},        {"izzy", "isabel"},
    {"jack", "john"},         {"jake", "jacob"},       {"jeff", "jeffrey"},
    {"jenny", "jennifer"},    {"jerry", "gerald"},     {"jim", "james"},
    {"jimmy", "james"},       {"joe", "joseph"},       {"joey", "joseph"},
    {"johnny", "john"},       {"jon", "jonathan"},     {"josh", "joshua"},
    {"kate", "katherine"},    {"kathy", "katherine"},  {"katie", "katherine"},
    {"ken", "kenneth"},       {"kenny", "kenneth"},    {"larry", "lawrence"},
    {"len", "leonard"},       {"lenny", "leonard"},    {"liz", "elizabeth"},
    {"lizzie", "elizabeth"},  {"lou", "louis"},        {"maggie", "margaret"},
    {"mandy", "amanda"},      {"marge", "margaret"},   {"marty", "martin"},
    {"matt", "matthew"},      {"meg", "margaret"},     {"mickey", "michael"},
    {"mike", "michael"},      {"mitch", "mitchell"},   {"nancy", "anne"},
    {"nate", "nathaniel"},    {"ned", "edward"},       {"nick", "nicholas"},
    {"nicky", "nicholas"},    {"norm", "norman"},      {"ollie", "oliver"},
    {"pat", "patrick"},       {"patty", "patricia"},   {"peggy", "margaret"},
    {"pete", "peter"},        {"phil", "philip"},      {"ray", "raymond"},
    {"rich", "richard"},      {"rick", "richard"},     {"ricky", "richard"},
    {"rob", "robert"},        {"robbie", "robert"},    {"rod", "rodney"},
    {"ron", "ronald"},        {"ronnie", "ronald"},    {"sam", "samuel"},
    {"sammy", "samuel"},      {"sid", "sidney"},       {"stan", "stanley"},
    {"steve", "stephen"},     {"steven", "stephen"},   {"stu", "stuart"},
    {"sue", "susan"},         {"susie", "susan"},      {"suzy", "susan"},
    {"ted", "edward"},        {"teddy", "edward"},     {"terry", "terence"},
    {"theo", "theodore"},     {"tim", "timothy"},      {"timmy", "timothy"},
    {"toby", "tobias"},       {"tom", "thomas"},       {"tommy", "thomas"},
    {"tony", "anthony"},      {"val", "valerie"},      {"vic", "victor"},
    {"vicky", "victoria"},    {"vince", "vincent"},    {"vinny", "vincent"},
    {"walt", "walter"},       {"wes", "wesley"},       {"will", "william"},
    {"willie", "william"},    {"zach", "zachary"},     {"zack", "zachary"},
};
enum { NICKS = sizeof nicks / sizeof *nicks };

const char *ent_lnick_full(const char *name)
{
    uint32_t lo = 0, hi = NICKS;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        int order = strcmp(nicks[mid].call, name);
        if (!order) return nicks[mid].full;
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}
