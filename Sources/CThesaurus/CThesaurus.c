#include "CThesaurus.h"

// Of C23; every file ends with a line's end.
static const unsigned char lines[] = {
#embed "../../corpora/thesaurus/en-food-home.txt"
    ,
#embed "../../corpora/thesaurus/en-general.txt"
    ,
#embed "../../corpora/thesaurus/en-leisure-people.txt"
    ,
#embed "../../corpora/thesaurus/en-money-work.txt"
    ,
#embed "../../corpora/thesaurus/en-shopping.txt"
    ,
#embed "../../corpora/thesaurus/en-travel-time.txt"
    ,
#embed "../../corpora/thesaurus/zh-general-life.txt"
    ,
#embed "../../corpora/thesaurus/zh-shopping-money.txt"
};

const unsigned char *cthesaurus_lines(size_t *length) {
  *length = sizeof lines;
  return lines;
}
