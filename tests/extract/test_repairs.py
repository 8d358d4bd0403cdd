"""Repairs of parses: each acts where it should, and only there; a parse stays a forest."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factloom.extract.repairs import REPAIRS, repair
from factloom.extract.tokens import Sentence
from tests.cases.frozen import read_parses, unpack
from tests.cases.trees import build, is_forest, tree

# The repair, a parse that needs it, and a word that stands elsewhere after it: word, label, head.
ACTS = [
    (
        "passives in a row",
        "It/PRON/PRP/nsubjpass/2 was~be/AUX/VBD/auxpass/2 made~make/VERB/VBN/ROOT/2 by/ADP/IN/agent/2"
        " Nex/PROPN/NNP/pobj/3 ,/PUNCT/,/punct/4 sold~sell/VERB/VBN/acl/4 by/ADP/IN/agent/6"
        " Zen/PROPN/NNP/pobj/7"
        " and/CCONJ/CC/cc/2 issued~issue/VERB/VBD/conj/2 for/ADP/IN/prep/10 Mac/PROPN/NNP/pobj/11",
        ("sold", "conj", "made"),
    ),
    (
        "name behind definite",
        "track/NOUN/NN/nsubj/6 from/ADP/IN/prep/0 the/DET/DT/det/3 album/NOUN/NN/pobj/1 ,/PUNCT/,/punct/3"
        " Hover/PROPN/NNP/appos/3 charted~chart/VERB/VBD/ROOT/6",
        ("Hover", "appos", "track"),
    ),
    (
        "participle behind place",
        "Ives/PROPN/NNP/nsubj/1 is~be/AUX/VBZ/ROOT/1 school/NOUN/NN/attr/1 in/ADP/IN/prep/2"
        " Peru/PROPN/NNP/pobj/3#GPE ,/PUNCT/,/punct/4 located~locate/VERB/VBN/acl/4 in/ADP/IN/prep/6"
        " Lima/PROPN/NNP/pobj/7",
        ("located", "acl", "school"),
    ),
    (
        "noun before its participle",
        "ran~run/VERB/VBD/ROOT/0 a/DET/DT/det/4 business/NOUN/NN/nmod/4 spanning~span/VERB/VBG/amod/4"
        " hotels/NOUN/NNS/dobj/0",
        ("hotels", "dobj", "spanning"),
    ),
    (
        "what it is made",
        "Labour/PROPN/NNP/nsubj/1 made~make/VERB/VBD/ROOT/1 rates/NOUN/NNS/dobj/1 the/DET/DT/det/4"
        " centrepiece/NOUN/NN/appos/2",
        ("centrepiece", "oprd", "made"),
    ),
    (
        "deed of the accused",
        "Eva/PROPN/NNP/nsubj/1 accused~accuse/VERB/VBD/ROOT/1 firms/NOUN/NNS/dobj/1 of/ADP/IN/prep/2"
        " hiding~hide/VERB/VBG/pcomp/3 costs/NOUN/NNS/dobj/4",
        ("of", "prep", "accused"),
    ),
    (
        "object behind a name",
        "got~get/VERB/VBD/ROOT/0 a/DET/DT/det/2 degree/NOUN/NN/dobj/0 from/ADP/IN/prep/2"
        " Rice/PROPN/NNP/pobj/3 and/CCONJ/CC/cc/4 a/DET/DT/det/7 degree/NOUN/NN/conj/4 from/ADP/IN/prep/7"
        " Yale/PROPN/NNP/pobj/8",
        ("and", "cc", "degree"),
    ),
    (
        "letters behind name",
        "Adam/PROPN/NNP/compound/1#PERSON Roe/PROPN/NNP/nsubj/6#PERSON ,/PUNCT/,/punct/1"
        " OBE/PROPN/NNP/appos/1 born~bear/VERB/VBN/acl/3 1928/NUM/CD/npadvmod/4 sang~sing/VERB/VBD/ROOT/6",
        ("born", "acl", "Roe"),
    ),
    (
        "spelled out in brackets",
        "Tigers/PROPN/NNPS/nsubj/7 of/ADP/IN/prep/0 Tamil/PROPN/NNP/compound/3 Eelam/PROPN/NNP/pobj/1"
        " (/PUNCT/-LRB-/punct/3 TTE/PROPN/NNP/appos/3 )/PUNCT/-RRB-/punct/3 fought~fight/VERB/VBD/ROOT/7",
        ("Eelam", "pobj", "of"),
    ),
    (
        "fields in name",
        "Hospital/PROPN/NNP/nsubj/5 for/ADP/IN/prep/0 Neurology/PROPN/NNP/pobj/1 and/CCONJ/CC/cc/0"
        " Neurosurgery/PROPN/NNP/conj/0 closed~close/VERB/VBD/ROOT/5",
        ("Neurosurgery", "conj", "Neurology"),
    ),
    (
        "for read as preposition",
        "For/ADP/IN/prep/2 banks/NOUN/NNS/pobj/0 are~be/AUX/VBP/ROOT/2 worried/ADJ/JJ/acomp/2",
        ("banks", "nsubj", "are"),
    ),
    (
        "participle of coordinated thing",
        "There/PRON/EX/expl/1 are~be/AUX/VBP/ROOT/1 wolves/NOUN/NNS/attr/1 and/CCONJ/CC/cc/1"
        " dogs/NOUN/NNS/nsubj/5 kept~keep/VERB/VBD/conj/1 as/ADP/IN/prep/5 pets/NOUN/NNS/pobj/6",
        ("kept", "acl", "dogs"),
    ),
    (
        "participle behind agent",
        "Eva/PROPN/NNP/nsubjpass/2 was~be/AUX/VBD/auxpass/2 killed~kill/VERB/VBN/ROOT/2 by/ADP/IN/agent/2"
        " missile/NOUN/NN/pobj/3 ,/PUNCT/,/punct/2 fired~fire/VERB/VBN/advcl/2 from/ADP/IN/prep/6"
        " ships/NOUN/NNS/pobj/7",
        ("fired", "acl", "missile"),
    ),
    (
        "office before name",
        "member/NOUN/NN/nsubj/4 of/ADP/IN/prep/0 parliament/NOUN/NN/compound/3 Roe/PROPN/NNP/pobj/1"
        " left~leave/VERB/VBD/ROOT/4",
        ("Roe", "appos", "member"),
    ),
    (
        "main verb before apposition",
        "Noboa/PROPN/NNP/ROOT/0 ,/PUNCT/,/punct/0 who/PRON/WP/nsubj/3 studied~study/VERB/VBD/relcl/0"
        " ,/PUNCT/,/punct/0 defeated~defeat/VERB/VBN/amod/6 Lyft/PROPN/NNP/appos/0",
        ("Noboa", "nsubj", "defeated"),
    ),
    (
        "first verb read as participle",
        "president/NOUN/NN/nsubj/4 named~name/VERB/VBN/acl/0 Vega/PROPN/NNP/dobj/1 and/CCONJ/CC/cc/0"
        " gave~give/VERB/VBD/ROOT/4 money/NOUN/NN/dobj/4",
        ("gave", "conj", "named"),
    ),
    (
        "relative without main clause",
        "tanker/NOUN/NN/ROOT/0 Nova/PROPN/NNP/nsubj/2 sank~sink/VERB/VBD/relcl/0 in/ADP/IN/prep/2"
        " May/PROPN/NNP/pobj/3#DATE",
        ("tanker", "nsubj", "sank"),
    ),
    (
        "country behind city",
        "hub/NOUN/NN/ROOT/0 in/ADP/IN/prep/0 Astana/PROPN/NNP/pobj/1#GPE ,/PUNCT/,/punct/0"
        " Kazakhstan/PROPN/NNP/appos/0#GPE",
        ("Kazakhstan", "appos", "Astana"),
    ),
    (
        "nickname inside name",
        "William/PROPN/NNP/nmod/4 (/PUNCT/-LRB-/punct/2 Billy/PROPN/NNP/appos/0 )/PUNCT/-RRB-/punct/0"
        " Roe/PROPN/NNP/nsubj/5#PERSON slept~sleep/VERB/VBD/ROOT/5",
        ("Billy", "compound", "Roe"),
    ),
    (
        "name with particles",
        "said~say/VERB/VBD/ROOT/0 Dolf/PROPN/NNP/compound/2 van/PROPN/NNP/nsubj/3 den/VERB/VB/ccomp/0"
        " Brink/PROPN/NNP/dobj/3",
        ("Brink", "nsubj", "said"),
    ),
    (
        "name behind kind",
        "Lyft/PROPN/NNP/nsubj/1 bought~buy/VERB/VBD/ROOT/1 part/NOUN/NN/dobj/1 of/ADP/IN/prep/2"
        " a/DET/DT/det/5 maker/NOUN/NN/pobj/3 Danone/PROPN/NNP/npadvmod/1",
        ("Danone", "appos", "maker"),
    ),
    (
        "legal form behind comma",
        "Delta/PROPN/NNP/compound/1 Lines/PROPN/NNPS/nsubj/6 ,/PUNCT/,/punct/1 Inc./PROPN/NNP/conj/1"
        " and/CCONJ/CC/cc/3 Lyft/PROPN/NNP/conj/3 merged~merge/VERB/VBD/ROOT/6",
        ("Lyft", "conj", "Lines"),
    ),
    (
        "place behind bare object",
        "Okafor/PROPN/NNP/nsubj/1 studied~study/VERB/VBD/ROOT/1 economics/NOUN/NNS/dobj/1 at/ADP/IN/prep/2"
        " Rice/PROPN/NNP/pobj/3",
        ("at", "prep", "studied"),
    ),
    (
        "amount behind over",
        "They/PRON/PRP/nsubj/1 admit/VERB/VBP/ROOT/1 over/ADP/IN/prep/1 900/NUM/CD/nummod/4"
        " patients~patient/NOUN/NNS/pobj/2",
        ("patients", "dobj", "admit"),
    ),
    (
        "medium behind report",
        "Mars/PROPN/NNP/nsubj/1 cooled~cool/VERB/VBD/ROOT/1 ,/PUNCT/,/punct/1 the/DET/DT/det/4"
        " journal/NOUN/NN/npadvmod/1 Nature/PROPN/NNP/nsubj/6 reported~report/VERB/VBD/relcl/4",
        ("journal", "nsubj", "reported"),
    ),
    (
        "subject read as verb",
        "if/SCONJ/IN/mark/6 claims~claim/VERB/VBZ/nsubj/6 that/SCONJ/IN/mark/4 he/PRON/PRP/nsubj/4"
        " lied~lie/VERB/VBD/ccomp/1 ,/PUNCT/,/punct/6 are~be/AUX/VBP/ROOT/6 true/ADJ/JJ/acomp/6",
        ("lied", "acl", "claims"),
    ),
    (
        "speaker behind what is said",
        "Norvik/PROPN/NNP/nsubj/1 left~leave/VERB/VBD/ROOT/1 Oslo/PROPN/NNP/dobj/1 ,/PUNCT/,/punct/1"
        " people/NOUN/NNS/nsubj/5 said~say/VERB/VBD/conj/1 ./PUNCT/./punct/1",
        ("left", "ccomp", "said"),
    ),
    (
        "headline participle",
        "Lund/PROPN/NNP/nsubj/1 banned~ban/VERB/VBD/ROOT/1 in/ADP/IN/prep/1 doping/NOUN/NN/compound/4"
        " case/NOUN/NN/pobj/2",
        ("Lund", "nsubjpass", "banned"),
    ),
    (
        "ampersand in name",
        "the/DET/DT/det/2 firms~firm/NOUN/NNS/ROOT/1 Finch/PROPN/NNP/appos/1 &/CCONJ/CC/cc/2"
        " Lowe/PROPN/NNP/conj/2 and/CCONJ/CC/cc/4 Intel/PROPN/NNP/conj/4",
        ("Finch", "compound", "Lowe"),
    ),
    (
        "person behind field",
        "spokesman/NOUN/NN/nsubj/5 for/ADP/IN/prep/0 trade/NOUN/NN/compound/4 Ann/PROPN/NNP/compound/4"
        " Lee/PROPN/NNP/pobj/1 spoke~speak/VERB/VBD/ROOT/5",
        ("trade", "pobj", "for"),
    ),
    (
        "participle without hyphen",
        "part/NOUN/NN/ROOT/0 of/ADP/IN/prep/0 the/DET/DT/det/3 UN/PROPN/NNP/pobj/1 backed~back/VERB/VBD/acl/3"
        " peace/NOUN/NN/compound/6 force/NOUN/NN/dobj/4",
        ("force", "pobj", "of"),
    ),
    (
        "participle behind example",
        "planets~planet/NOUN/NNS/ROOT/0 such/ADJ/JJ/amod/2 as/ADP/IN/prep/0 Vesta/PROPN/NNP/pobj/2"
        " ,/PUNCT/,/punct/0 found~find/VERB/VBN/acl/0 in/ADP/IN/prep/5 1807/NUM/CD/pobj/6",
        ("found", "acl", "Vesta"),
    ),
    (
        "main verb among participles",
        "Helixa/PROPN/NNP/nsubj/9 ,/PUNCT/,/punct/0 valued~value/VERB/VBN/acl/0 highly/ADV/RB/advmod/2"
        " ,/PUNCT/,/punct/0 filed~file/VERB/VBN/acl/0 suit/NOUN/NN/dobj/5 after/SCONJ/IN/mark/9"
        " Lyft/PROPN/NNP/nsubj/9 left~leave/VERB/VBD/ROOT/9",
        ("Helixa", "nsubj", "filed"),
    ),
    (
        "which behind a list",
        "Algiers/PROPN/NNP/pobj/0 and/CCONJ/CC/cc/0 Ecstasy/PROPN/NNP/conj/0 which/PRON/WDT/nsubjpass/5"
        " was~be/AUX/VBD/auxpass/5 made~make/VERB/VBN/relcl/0",
        ("made", "relcl", "Ecstasy"),
    ),
    (
        "date behind object",
        "Bolt/PROPN/NNP/nsubj/1 sued~sue/VERB/VBD/ROOT/1 Lyft/PROPN/NNP/dobj/1 in/ADP/IN/prep/2"
        " 2015/NUM/CD/pobj/3#DATE",
        ("in", "prep", "sued"),
    ),
    (
        "coordinated subject as root",
        "Lyft/PROPN/NNP/ROOT/0 and/CCONJ/CC/cc/0 Toyota/PROPN/NNP/nsubj/3 sued~sue/VERB/VBD/conj/0"
        " Bolt/PROPN/NNP/dobj/3",
        ("Toyota", "conj", "Lyft"),
    ),
    (
        "clause read as subject",
        "Lyft/PROPN/NNP/nmod/2 funded~fund/VERB/VBN/amod/2 Bolt/PROPN/NNP/nsubj/4 Reuters/PROPN/NNP/nsubj/4"
        " said~say/VERB/VBD/ROOT/4",
        ("Bolt", "dobj", "funded"),
    ),
    (
        "place behind date",
        "Eva/PROPN/NNP/nsubj/1#PERSON died~die/VERB/VBD/ROOT/1 on/ADP/IN/prep/1 May/PROPN/NNP/pobj/2#DATE"
        " 7/NUM/CD/nummod/3#DATE in/ADP/IN/prep/3 Bonn/PROPN/NNP/pobj/5#GPE",
        ("in", "prep", "died"),
    ),
    (
        "noun read as infinitive",
        "Ann/PROPN/NNP/nsubj/1 is/AUX/VBZ/ROOT/1 married/ADJ/JJ/acomp/1 to/PART/TO/aux/4"
        " actor/VERB/VB/xcomp/2 Hywel/PROPN/NNP/dobj/4",
        ("Hywel", "pobj", "to"),
    ),
    (
        "office behind firm",
        "Eva/PROPN/NNP/ROOT/0 ,/PUNCT/,/punct/0 chairman/NOUN/NN/appos/0 of/ADP/IN/prep/2"
        " Bolt/PROPN/NNP/pobj/3"
        " ,/PUNCT/,/punct/4 director/NOUN/NN/appos/4 of/ADP/IN/prep/6 Gap/PROPN/NNP/pobj/7",
        ("director", "appos", "chairman"),
    ),
    (
        "person behind place",
        "She/PRON/PRP/nsubjpass/2 was/AUX/VBD/auxpass/2 born~bear/VERB/VBN/ROOT/2 in/ADP/IN/prep/2"
        " Bonn/PROPN/NNP/pobj/3#GPE ,/PUNCT/,/punct/4 the/DET/DT/det/7 daughter/NOUN/NN/appos/4"
        " of/ADP/IN/prep/7 Louis/PROPN/NNP/pobj/8#PERSON",
        ("daughter", "appos", "She"),
    ),
    (
        "person behind firm",
        "The/DET/DT/det/1 chairman/NOUN/NN/nsubj/6 of/ADP/IN/prep/1 Bolt/PROPN/NNP/pobj/2#ORG"
        " ,/PUNCT/,/punct/3 Berg/PROPN/NNP/appos/3#PERSON resigned~resign/VERB/VBD/ROOT/6",
        ("Berg", "appos", "chairman"),
    ),
    (
        "name read as verb",
        "Spotify/VERB/VB/advcl/3#ORG chairman/NOUN/NN/compound/2 Lopez/PROPN/NNP/nsubj/3#PERSON"
        " resigned~resign/VERB/VBD/ROOT/3",
        ("Spotify", "compound", "Lopez"),
    ),
    (
        "that behind name",
        "a/DET/DT/det/1 tributary/NOUN/NN/ROOT/1 of/ADP/IN/prep/1 Elbe/PROPN/NNP/pobj/2"
        " that/PRON/WDT/nsubj/5 flows~flow/VERB/VBZ/relcl/3",
        ("flows", "relcl", "tributary"),
    ),
    (
        "kind and name as two objects",
        "Eva/PROPN/NNP/nsubj/1 bought~buy/VERB/VBD/ROOT/1 the/DET/DT/det/3 studio/NOUN/NN/dobj/1"
        " Gimlet/PROPN/NNP/dobj/1#ORG",
        ("Gimlet", "appos", "studio"),
    ),
    (
        "role in capitals",
        "economist/NOUN/NN/ROOT/0 ,/PUNCT/,/punct/0 CEO/PROPN/NNP/appos/0 of/ADP/IN/prep/2"
        " Bolt/PROPN/NNP/pobj/3",
        ("CEO", "appos", "economist"),
    ),
    (
        "score read as number",
        "Ajax/PROPN/NNP/nsubj/1 beat/VERB/VBD/ROOT/1 Lyon/PROPN/NNP/dobj/1 3/NUM/CD/nummod/2"
        " -/PUNCT/HYPH/punct/1 1/NUM/CD/dobj/1",
        ("3", "punct", "beat"),
    ),
    (
        "title of work",
        'Eva/PROPN/NNP/nsubj/1 sang~sing/VERB/VBD/ROOT/1 "/PUNCT/``/punct/1 Hold/VERB/VB/ccomp/1'
        " My/PRON/PRP$/poss/5 Hand/PROPN/NNP/dobj/3 \"/PUNCT/''/punct/1",
        ("Hand", "ccomp", "sang"),
    ),
    (
        "relative clause swallows main verb",
        "phone/NOUN/NN/ROOT/0 that/PRON/WDT/dobj/3 Nokia/PROPN/NNP/nsubj/3 makes~make/VERB/VBZ/relcl/0"
        " sells~sell/VERB/VBZ/ccomp/3 well/ADV/RB/advmod/4",
        ("phone", "nsubj", "sells"),
    ),
    (
        "finite verb read as modifier",
        "Rome/PROPN/NNP/poss/2 's/PART/POS/case/0 conquest/NOUN/NN/ROOT/2 of/ADP/IN/prep/2"
        " Greece/PROPN/NNP/npadvmod/5 pleased/ADJ/JJ/amod/6 senators~senator/NOUN/NNS/pobj/3",
        ("conquest", "nsubj", "pleased"),
    ),
    (
        "place object read as adverb",
        "Eva/PROPN/NNP/nsubj/1 toured~tour/VERB/VBD/ROOT/1 Berlin/PROPN/NNP/npadvmod/1#GPE",
        ("Berlin", "dobj", "toured"),
    ),
    (
        "of without object",
        "Users~user/NOUN/NNS/nsubj/1 like/VERB/VBP/ROOT/1 models~model/NOUN/NNS/dobj/1 of/ADP/IN/prep/2"
        " the/DET/DT/det/5 startup/NOUN/NN/appos/1",
        ("startup", "pobj", "of"),
    ),
    (
        "gapped clause",
        "Paris/PROPN/NNP/nsubj/1 hosted~host/VERB/VBD/ROOT/1 games~game/NOUN/NNS/dobj/1 and/CCONJ/CC/cc/2"
        " Tokyo/PROPN/NNP/conj/2 races~race/NOUN/NNS/appos/4",
        ("Tokyo", "nsubj", "hosted"),
    ),
    (
        "hyphen prefix",
        "his/PRON/PRP$/poss/1 co/NOUN/NN/nsubj/4 -/PUNCT/HYPH/punct/1 founder/NOUN/NN/dep/1"
        " left~leave/VERB/VBD/ROOT/4",
        ("founder", "nsubj", "left"),
    ),
    (
        "who after of-phrase",
        "chairman/NOUN/NN/nsubj/6 of/ADP/IN/prep/0 Renault/PROPN/NNP/pobj/1#ORG who/PRON/WP/nsubj/4"
        " joined~join/VERB/VBD/relcl/2 Kering/PROPN/NNP/dobj/4#ORG resigned~resign/VERB/VBD/ROOT/6",
        ("joined", "relcl", "chairman"),
    ),
    (
        "name read as complement",
        "Nokia/PROPN/NNP/nsubj/1#ORG sued~sue/VERB/VBD/ROOT/1 Spotify/PROPN/NNP/xcomp/1#GPE",
        ("Spotify", "dobj", "sued"),
    ),
    (
        "verb between names",
        "Siemens/PROPN/NNP/nmod/2#ORG funded~fund/VERB/VBN/amod/2 Nokia/PROPN/NNP/ROOT/2#ORG",
        ("Siemens", "nsubj", "funded"),
    ),
    (
        "which behind person",
        "song/NOUN/NN/ROOT/0 written~write/VERB/VBN/acl/0 by/ADP/IN/agent/1 Dolly/PROPN/NNP/pobj/2#PERSON"
        " which/PRON/WDT/nsubj/5 won~win/VERB/VBD/relcl/3 prizes~prize/NOUN/NNS/dobj/5",
        ("won", "relcl", "song"),
    ),
    (
        "participle before object",
        "Choirs~choir/NOUN/NNS/nsubj/1 sang~sing/VERB/VBD/ROOT/1 backing~back/VERB/VBG/xcomp/1"
        " vocals~vocal/NOUN/NNS/dobj/2",
        ("vocals", "dobj", "sang"),
    ),
    (
        "plural noun for coordinated verb",
        "Lonza/PROPN/NNP/nsubj/1 opened~open/VERB/VBD/ROOT/1 labs~lab/NOUN/NNS/dobj/1 and/CCONJ/CC/cc/1"
        " plans~plan/NOUN/NNS/conj/1 to/PART/TO/aux/6 hire/VERB/VB/acl/4",
        ("hire", "xcomp", "plans"),
    ),
    (
        "participle inside name phrase",
        "arm/NOUN/NN/ROOT/0 of/ADP/IN/prep/0 Czech/PROPN/NNP/pobj/1#NORP"
        " holding~hold/VERB/VBG/pcomp/1 Moravia/PROPN/NNP/dobj/3#ORG",
        ("Moravia", "pobj", "of"),
    ),
    (
        "post beside its place",
        "became~become/VERB/VBD/ROOT/0 director/NOUN/NN/attr/0 of/ADP/IN/prep/1 Yerkes/PROPN/NNP/pobj/2"
        " post/NOUN/NN/appos/3",
        ("post", "appos", "director"),
    ),
    (
        "unit read as modifier",
        "survived~survive/VERB/VBD/ROOT/0 at/ADP/IN/prep/0 -2/NOUN/NN/compound/3"
        " degrees~degree/NOUN/NNS/compound/4 Celsius/PROPN/NNP/pobj/1",
        ("degrees", "pobj", "at"),
    ),
    (
        "subject behind semicolon",
        "Lonza/PROPN/NNP/nsubj/1 grew~grow/VERB/VBD/ROOT/1 ;/PUNCT/:/punct/1 rival/NOUN/NN/appos/0"
        " shrank~shrink/VERB/VBD/conj/1",
        ("rival", "nsubj", "shrank"),
    ),
    (
        "name split before its end",
        "Willem/PROPN/NNP/npadvmod/2#PERSON IV/PROPN/NNP/nsubj/2#PERSON left~leave/VERB/VBD/ROOT/2",
        ("Willem", "compound", "IV"),
    ),
    (
        "role and name both subjects",
        "The/DET/DT/det/1 writer/NOUN/NN/nsubj/4 Ana/PROPN/NNP/compound/3 Kovel/PROPN/NNP/nsubj/4"
        " left~leave/VERB/VBD/ROOT/4",
        ("Kovel", "appos", "writer"),
    ),
    (
        "clause before semicolon",
        "Eva/PROPN/NNP/nsubj/1 wrote~write/VERB/VBD/ccomp/4 ;/PUNCT/:/punct/4 Ida/PROPN/NNP/nsubj/4"
        " sang~sing/VERB/VBD/ROOT/4",
        ("wrote", "ROOT", "wrote"),
    ),
    (
        "main verb beside relative",
        "Lonza/PROPN/NNP/ROOT/0 ,/PUNCT/,/punct/0 which/PRON/WDT/nsubj/3 grew~grow/VERB/VBD/relcl/0"
        " ,/PUNCT/,/punct/3 hired~hire/VERB/VBD/conj/3 Eva/PROPN/NNP/dobj/5",
        ("Lonza", "nsubj", "hired"),
    ),
    (
        "name torn by conjunction",
        "cited~cite/VERB/VBD/ROOT/0 Radiohead/PROPN/NNP/nmod/4#ORG and/CCONJ/CC/cc/1"
        " Van/PROPN/NNP/conj/1#PERSON Morrison/PROPN/NNP/dobj/0#PERSON",
        ("Morrison", "conj", "Radiohead"),
    ),
    (
        "one of, behind an object",
        "named~name/VERB/VBD/ROOT/0 Northlight/PROPN/NNP/dobj/0 one/NUM/CD/nummod/1 of/ADP/IN/prep/2"
        " albums~album/NOUN/NNS/pobj/3",
        ("one", "oprd", "named"),
    ),
    (
        "apposition behind relative",
        "DART/PROPN/NNP/ROOT/0 which/PRON/WDT/nsubj/2 hit/VERB/VBD/relcl/0 a/DET/DT/det/4 moon/NOUN/NN/dobj/2"
        " ,/PUNCT/,/punct/0 Dimorphos/PROPN/NNP/appos/0",
        ("Dimorphos", "appos", "moon"),
    ),
    (
        "main verb read as adjective",
        "Vega/PROPN/NNP/nsubj/1 impressed/ADJ/JJ/ROOT/1 experts~expert/NOUN/NNS/dobj/1",
        ("experts", "dobj", "impressed"),
    ),
    (
        "birth behind parents",
        "born~bear/VERB/VBN/ROOT/0 to/ADP/IN/prep/0 parents~parent/NOUN/NNS/pobj/1 in/ADP/IN/prep/2"
        " Oslo/PROPN/NNP/pobj/3",
        ("in", "prep", "born"),
    ),
]
REFUSES = [
    (  # no row: it tells of its maker
        "passives in a row",
        "It/PRON/PRP/nsubjpass/2 was~be/AUX/VBD/auxpass/2 made~make/VERB/VBN/ROOT/2 by/ADP/IN/agent/2"
        " Nex/PROPN/NNP/pobj/3 ,/PUNCT/,/punct/4 owned~own/VERB/VBN/acl/4 by/ADP/IN/agent/6"
        " Zen/PROPN/NNP/pobj/7",
    ),
    (  # one of many albums
        "name behind definite",
        "track/NOUN/NN/nsubj/6 from/ADP/IN/prep/0 an/DET/DT/det/3 album/NOUN/NN/pobj/1 ,/PUNCT/,/punct/3"
        " Hover/PROPN/NNP/appos/3 charted~chart/VERB/VBD/ROOT/6",
    ),
    (  # no comma
        "participle behind place",
        "Ives/PROPN/NNP/nsubj/1 is~be/AUX/VBZ/ROOT/1 school/NOUN/NN/attr/1 in/ADP/IN/prep/2"
        " Peru/PROPN/NNP/pobj/3#GPE located~locate/VERB/VBN/acl/4 in/ADP/IN/prep/5 Lima/PROPN/NNP/pobj/6",
    ),
    (  # hotels that grow
        "noun before its participle",
        "ran~run/VERB/VBD/ROOT/0 the/DET/DT/det/4 business/NOUN/NN/nmod/4 growing~grow/VERB/VBG/amod/4"
        " hotels/NOUN/NNS/dobj/0",
    ),
    (  # a comma
        "what it is made",
        "Labour/PROPN/NNP/nsubj/1 made~make/VERB/VBD/ROOT/1 rates/NOUN/NNS/dobj/1 ,/PUNCT/,/punct/2"
        " the/DET/DT/det/5 centrepiece/NOUN/NN/appos/2",
    ),
    (  # a way of doing it
        "deed of the accused",
        "Eva/PROPN/NNP/nsubj/1 found~find/VERB/VBD/ROOT/1 ways/NOUN/NNS/dobj/1 of/ADP/IN/prep/2"
        " hiding~hide/VERB/VBG/pcomp/3 costs/NOUN/NNS/dobj/4",
    ),
    (  # bought from both
        "object behind a name",
        "got~get/VERB/VBD/ROOT/0 a/DET/DT/det/2 degree/NOUN/NN/dobj/0 from/ADP/IN/prep/2"
        " Rice/PROPN/NNP/pobj/3 and/CCONJ/CC/cc/4 a/DET/DT/det/7 college/NOUN/NN/conj/4",
    ),
    (  # a place, no letters
        "letters behind name",
        "Adam/PROPN/NNP/compound/1#PERSON Roe/PROPN/NNP/nsubj/4#PERSON ,/PUNCT/,/punct/1 UK/PROPN/NNP/appos/1"
        " sang~sing/VERB/VBD/ROOT/4",
    ),
    (  # other letters
        "spelled out in brackets",
        "Tigers/PROPN/NNPS/nsubj/7 of/ADP/IN/prep/0 Tamil/PROPN/NNP/compound/3 Eelam/PROPN/NNP/pobj/1"
        " (/PUNCT/-LRB-/punct/3 UNP/PROPN/NNP/appos/3 )/PUNCT/-RRB-/punct/3 fought~fight/VERB/VBD/ROOT/7",
    ),
    (  # a firm, no field
        "fields in name",
        "Ministry/PROPN/NNP/nsubj/5 of/ADP/IN/prep/0 Health/PROPN/NNP/pobj/1 and/CCONJ/CC/cc/0"
        " Lyft/PROPN/NNP/conj/0 met~meet/VERB/VBD/ROOT/5",
    ),
    (
        "for read as preposition",
        "For/ADP/IN/prep/4 banks/NOUN/NNS/pobj/0 ,/PUNCT/,/punct/4 rates/NOUN/NNS/nsubj/4"
        " are~be/AUX/VBP/ROOT/4 high/ADJ/JJ/acomp/4",
    ),
    (  # it kept them
        "participle of coordinated thing",
        "There/PRON/EX/expl/1 are~be/AUX/VBP/ROOT/1 wolves/NOUN/NNS/attr/1 and/CCONJ/CC/cc/1"
        " Eva/PROPN/NNP/nsubj/5 kept~keep/VERB/VBD/conj/1 dogs/NOUN/NNS/dobj/5",
    ),
    (  # no comma
        "participle behind agent",
        "Eva/PROPN/NNP/nsubjpass/2 was~be/AUX/VBD/auxpass/2 killed~kill/VERB/VBN/ROOT/2 by/ADP/IN/agent/2"
        " missile/NOUN/NN/pobj/3 fired~fire/VERB/VBN/advcl/2 from/ADP/IN/prep/5 ships/NOUN/NNS/pobj/6",
    ),
    (  # a thing of a thing
        "office before name",
        "part/NOUN/NN/nsubj/4 of/ADP/IN/prep/0 carmaker/NOUN/NN/compound/3 Lyft/PROPN/NNP/pobj/1"
        " left~leave/VERB/VBD/ROOT/4",
    ),
    (
        "main verb before apposition",  # the second name is told apart by a participle of its own
        "Noboa/PROPN/NNP/nsubj/3 ,/PUNCT/,/punct/0 Lyft/PROPN/NNP/appos/0 won~win/VERB/VBD/ROOT/3",
    ),
    (
        "first verb read as participle",  # passive: nothing behind the participle
        "president/NOUN/NN/nsubj/4 named~name/VERB/VBN/acl/0 twice/ADV/RB/advmod/1 now/ADV/RB/advmod/4"
        " gave~give/VERB/VBD/ROOT/4",
    ),
    (
        "relative without main clause",  # a heading with an object gap
        "tanker/NOUN/NN/ROOT/0 that/PRON/WDT/dobj/3 Nova/PROPN/NNP/nsubj/3 sank~sink/VERB/VBD/relcl/0",
    ),
    (
        "country behind city",  # an apposition of the hub itself
        "hub/NOUN/NN/ROOT/0 in/ADP/IN/prep/0 Astana/PROPN/NNP/pobj/1#GPE ,/PUNCT/,/punct/0"
        " Tulpar/PROPN/NNP/appos/0#ORG",
    ),
    (
        "nickname inside name",  # the sign of a share
        "Tesla/PROPN/NNP/nmod/4 (/PUNCT/-LRB-/punct/2 Nasdaq/PROPN/NNP/appos/0 )/PUNCT/-RRB-/punct/0"
        " Chairman/PROPN/NNP/nsubj/5 slept~sleep/VERB/VBD/ROOT/5",
    ),
    (
        "name with particles",  # one name already
        "Jan/PROPN/NNP/compound/2 van/PROPN/NNP/compound/2 Eyck/PROPN/NNP/nsubj/3"
        " painted~paint/VERB/VBD/ROOT/3",
    ),
    (
        "name behind kind",  # a place beside a plural
        "Lyft/PROPN/NNP/nsubj/1 sold~sell/VERB/VBD/ROOT/1 cars~car/NOUN/NNS/dobj/1 Rome/PROPN/NNP/npadvmod/1",
    ),
    (
        "legal form behind comma",  # a name of its own
        "Delta/PROPN/NNP/nsubj/4 ,/PUNCT/,/punct/0 Lyft/PROPN/NNP/conj/0 too/ADV/RB/advmod/4"
        " merged~merge/VERB/VBD/ROOT/4",
    ),
    (
        "place behind bare object",  # the noun is told apart by its place
        "Okafor/PROPN/NNP/nsubj/1 bought~buy/VERB/VBD/ROOT/1 a/DET/DT/det/3 house/NOUN/NN/dobj/1"
        " in/ADP/IN/prep/3 Rice/PROPN/NNP/pobj/4",
    ),
    (
        "amount behind over",  # a span of time
        "They/PRON/PRP/nsubj/1 slept~sleep/VERB/VBD/ROOT/1 over/ADP/IN/prep/1 9/NUM/CD/nummod/4"
        " nights~night/NOUN/NNS/pobj/2#DATE",
    ),
    (
        "medium behind report",  # the report is what Nature wrote
        "Mars/PROPN/NNP/nsubj/1 matched~match/VERB/VBD/ROOT/1 the/DET/DT/det/3 journal/NOUN/NN/dobj/1"
        " Nature/PROPN/NNP/nsubj/5 reported~report/VERB/VBD/relcl/3",
    ),
    (
        "subject read as verb",  # an object of its own
        "that/SCONJ/IN/mark/1 claims~claim/VERB/VBZ/nsubj/3 land/NOUN/NN/dobj/1 helps~help/VERB/VBZ/ROOT/3",
    ),
    (
        "speaker behind what is said",  # something else is said
        "Norvik/PROPN/NNP/nsubj/1 left~leave/VERB/VBD/ROOT/1 Oslo/PROPN/NNP/dobj/1 ,/PUNCT/,/punct/1"
        " people/NOUN/NNS/nsubj/5 said~say/VERB/VBD/conj/1 nothing/PRON/NN/dobj/5",
    ),
    (
        "headline participle",  # a sentence
        "Shares~share/NOUN/NNS/nsubj/1 tumbled~tumble/VERB/VBD/ROOT/1 in/ADP/IN/prep/1 May/PROPN/NNP/pobj/2"
        " ./PUNCT/./punct/1",
    ),
    (
        "ampersand in name",  # a word, no name
        "Finch/PROPN/NNP/ROOT/0 &/CCONJ/CC/cc/0 sons~son/NOUN/NNS/conj/0",
    ),
    (
        "person behind field",  # the person spoken for
        "spokesman/NOUN/NN/nsubj/5 for/ADP/IN/prep/0 senator/NOUN/NN/compound/4 Ann/PROPN/NNP/compound/4"
        " Lee/PROPN/NNP/pobj/1 spoke~speak/VERB/VBD/ROOT/5",
    ),
    (
        "participle without hyphen",  # the object has its article: the name's own deed
        "talks~talk/NOUN/NNS/ROOT/0 with/ADP/IN/prep/0 Intel/PROPN/NNP/pobj/1 led~lead/VERB/VBN/acl/2"
        " the/DET/DT/det/5 board/NOUN/NN/dobj/3",
    ),
    (
        "participle behind example",  # close to the noun
        "planets~planet/NOUN/NNS/ROOT/0 found~find/VERB/VBN/acl/0 in/ADP/IN/prep/1 1807/NUM/CD/pobj/2",
    ),
    (
        "main verb among participles",  # one participle, a true main verb
        "Helixa/PROPN/NNP/nsubj/6 ,/PUNCT/,/punct/0 valued~value/VERB/VBN/acl/0 highly/ADV/RB/advmod/2"
        " ,/PUNCT/,/punct/0 soon/ADV/RB/advmod/6 left~leave/VERB/VBD/ROOT/6",
    ),
    (
        "which behind a list",  # both
        "Algiers/PROPN/NNP/pobj/0 and/CCONJ/CC/cc/0 Ecstasy/PROPN/NNP/conj/0 which/PRON/WDT/nsubjpass/5"
        " were~be/AUX/VBD/auxpass/5 made~make/VERB/VBN/relcl/0",
    ),
    (
        "date behind object",  # the war was in 1940
        "Eva/PROPN/NNP/nsubj/1 remembers~remember/VERB/VBZ/ROOT/1 war/NOUN/NN/dobj/1 in/ADP/IN/prep/2"
        " 1940/NUM/CD/pobj/3#DATE",
    ),
    (
        "coordinated subject as root",  # a list of names
        "Lyft/PROPN/NNP/ROOT/0 and/CCONJ/CC/cc/0 Toyota/PROPN/NNP/conj/0",
    ),
    (
        "clause read as subject",  # one subject
        "Lyft/PROPN/NNP/nmod/2 backed~back/VERB/VBN/amod/2 Bolt/PROPN/NNP/nsubj/3 grew~grow/VERB/VBD/ROOT/3",
    ),
    (
        "place behind date",  # a second date
        "Eva/PROPN/NNP/nsubj/1#PERSON died~die/VERB/VBD/ROOT/1 on/ADP/IN/prep/1 May/PROPN/NNP/pobj/2#DATE"
        " 7/NUM/CD/nummod/3#DATE in/ADP/IN/prep/3 1901/NUM/CD/pobj/5#DATE",
    ),
    (
        "noun read as infinitive",  # a verb
        "Ann/PROPN/NNP/nsubj/1 is/AUX/VBZ/ROOT/1 ready/ADJ/JJ/acomp/1 to/PART/TO/aux/4 coach/VERB/VB/xcomp/2"
        " Hywel/PROPN/NNP/dobj/4",
    ),
    (
        "office behind firm",  # what the firm does
        "Eva/PROPN/NNP/ROOT/0 ,/PUNCT/,/punct/0 chairman/NOUN/NN/appos/0 of/ADP/IN/prep/2"
        " Bolt/PROPN/NNP/pobj/3"
        " ,/PUNCT/,/punct/4 maker/NOUN/NN/appos/4 of/ADP/IN/prep/6 boats~boat/NOUN/NNS/pobj/7",
    ),
    (
        "person behind place",  # the town itself
        "She/PRON/PRP/nsubjpass/2 was/AUX/VBD/auxpass/2 born~bear/VERB/VBN/ROOT/2 in/ADP/IN/prep/2"
        " Bonn/PROPN/NNP/pobj/3#GPE ,/PUNCT/,/punct/4 the/DET/DT/det/7 capital/NOUN/NN/appos/4"
        " of/ADP/IN/prep/7 Germany/PROPN/NNP/pobj/8#GPE",
    ),
    (
        "person behind firm",  # the father of a person
        "The/DET/DT/det/1 chairman/NOUN/NN/nsubj/6 of/ADP/IN/prep/1 Eva/PROPN/NNP/pobj/2#PERSON"
        " ,/PUNCT/,/punct/3 Berg/PROPN/NNP/appos/3#PERSON resigned~resign/VERB/VBD/ROOT/6",
    ),
    (
        "name read as verb",  # a verb
        "Visit/VERB/VB/advcl/2#ORG us/PRON/PRP/dobj/0 said~say/VERB/VBD/ROOT/2",
    ),
    (
        "that behind name",  # a comma: the clause only adds
        "a/DET/DT/det/1 part/NOUN/NN/ROOT/1 of/ADP/IN/prep/1 Bolt/PROPN/NNP/pobj/2 ,/PUNCT/,/punct/3"
        " that/PRON/WDT/nsubj/6 grew~grow/VERB/VBD/relcl/3",
    ),
    (
        "kind and name as two objects",  # somebody is given something
        "Eva/PROPN/NNP/nsubj/1 gave~give/VERB/VBD/ROOT/1 the/DET/DT/det/3 dog/NOUN/NN/dative/1"
        " Chappi/PROPN/NNP/dobj/1",
    ),
    (
        "role in capitals",  # the title of a name
        "CEO/PROPN/NNP/compound/1 Cook/PROPN/NNP/nsubj/2 left~leave/VERB/VBD/ROOT/2",
    ),
    (
        "score read as number",  # the edition of a product
        "Eva/PROPN/NNP/nsubj/1 bought~buy/VERB/VBD/ROOT/1 Windows/PROPN/NNP/dobj/1 3/NUM/CD/nummod/2",
    ),
    (
        "title of work",  # speech
        "\"/PUNCT/``/punct/1 Stop/VERB/VB/ccomp/4 Now/ADV/RB/advmod/1 \"/PUNCT/''/punct/4"
        " said~say/VERB/VBD/ROOT/4 Eva/PROPN/NNP/nsubj/4",
    ),
    (
        "relative clause swallows main verb",  # "say" takes a clause of its own
        "phone/NOUN/NN/ROOT/0 that/PRON/WDT/nsubj/4 analysts~analyst/NOUN/NNS/nsubj/3 say/VERB/VBP/relcl/0"
        " sells~sell/VERB/VBZ/ccomp/3 well/ADV/RB/advmod/4",
    ),
    (
        "finite verb read as modifier",  # there is a verb already
        "The/DET/DT/det/2 hired/ADJ/JJ/amod/2 crew/NOUN/NN/nsubj/3 left~leave/VERB/VBD/ROOT/3",
    ),
    (
        "finite verb read as modifier",  # no noun before it
        "A/DET/DT/det/2 skilled/ADJ/JJ/amod/2 crew/NOUN/NN/ROOT/2 of/ADP/IN/prep/2 men~man/NOUN/NNS/pobj/3",
    ),
    (
        "place object read as adverb",  # a day is no place
        "Eva/PROPN/NNP/nsubj/1 left~leave/VERB/VBD/ROOT/1 Monday/PROPN/NNP/npadvmod/1#DATE",
    ),
    (
        "place object read as adverb",  # the verb has its object
        "Eva/PROPN/NNP/nsubj/1 met~meet/VERB/VBD/ROOT/1 Tom/PROPN/NNP/dobj/1 Berlin/PROPN/NNP/npadvmod/1#GPE",
    ),
    (
        "of without object",
        "Users~user/NOUN/NNS/nsubj/1 like/VERB/VBP/ROOT/1 models~model/NOUN/NNS/dobj/1 of/ADP/IN/prep/2"
        " cars~car/NOUN/NNS/pobj/3",
    ),
    (
        "gapped clause",  # the comma makes a real apposition
        "Paris/PROPN/NNP/nsubj/1 hosted~host/VERB/VBD/ROOT/1 Oslo/PROPN/NNP/dobj/1 and/CCONJ/CC/cc/2"
        " Tokyo/PROPN/NNP/conj/2 ,/PUNCT/,/punct/4 capital/NOUN/NN/appos/4",
    ),
    (
        "hyphen prefix",  # "price" is a word of its own
        "price/NOUN/NN/compound/2 -/PUNCT/HYPH/punct/2 war/NOUN/NN/nsubj/3 ended~end/VERB/VBD/ROOT/3",
    ),
    (
        "who after of-phrase",  # the nearer name is a person
        "chairman/NOUN/NN/nsubj/6 of/ADP/IN/prep/0 Eva/PROPN/NNP/pobj/1#PERSON who/PRON/WP/nsubj/4"
        " joined~join/VERB/VBD/relcl/2 Kering/PROPN/NNP/dobj/4#ORG resigned~resign/VERB/VBD/ROOT/6",
    ),
    (
        "who after of-phrase",  # "which" is no person
        "chairman/NOUN/NN/nsubj/6 of/ADP/IN/prep/0 Renault/PROPN/NNP/pobj/1#ORG which/PRON/WDT/nsubj/4"
        " joined~join/VERB/VBD/relcl/2 Kering/PROPN/NNP/dobj/4#ORG resigned~resign/VERB/VBD/ROOT/6",
    ),
    (
        "lemma of another verb",  # "hopped" is a form of hop
        "Rabbits~rabbit/NOUN/NNS/nsubj/1 hopped~hop/VERB/VBD/ROOT/1",
    ),
    (
        "participial preposition",  # a verb of its own
        "Lists~list/NOUN/NNS/ROOT/0 including~include/VERB/VBG/acl/0 Oslo/PROPN/NNP/dobj/1",
    ),
    (
        "name read as complement",  # a common noun may be a complement
        "Nokia/PROPN/NNP/nsubj/1#ORG became~become/VERB/VBD/ROOT/1 big/ADJ/JJ/acomp/1",
    ),
    (
        "verb between names",  # there is a verb already
        "Siemens/PROPN/NNP/nsubj/1#ORG funded~fund/VERB/VBD/ROOT/1 Nokia/PROPN/NNP/dobj/1#ORG",
    ),
    (
        "which behind person",  # "who" is right behind a person
        "song/NOUN/NN/ROOT/0 written~write/VERB/VBN/acl/0 by/ADP/IN/agent/1 Dolly/PROPN/NNP/pobj/2#PERSON"
        " who/PRON/WP/nsubj/5 won~win/VERB/VBD/relcl/3 prizes~prize/NOUN/NNS/dobj/5",
    ),
    (
        "participle before object",  # "stop" governs a gerund
        "Firms~firm/NOUN/NNS/nsubj/1 stopped~stop/VERB/VBD/ROOT/1 selling~sell/VERB/VBG/xcomp/1"
        " cars~car/NOUN/NNS/dobj/2",
    ),
    (
        "plural noun for coordinated verb",  # a noun with a modifier of its own
        "Lonza/PROPN/NNP/nsubj/1 opened~open/VERB/VBD/ROOT/1 labs~lab/NOUN/NNS/dobj/1 and/CCONJ/CC/cc/1"
        " new/ADJ/JJ/amod/5 plans~plan/NOUN/NNS/conj/1 to/PART/TO/aux/7 hire/VERB/VB/acl/5",
    ),
    (
        "participle inside name phrase",  # no people's name before it
        "way/NOUN/NN/ROOT/0 of/ADP/IN/prep/0 Acme/PROPN/NNP/pobj/1#ORG"
        " holding~hold/VERB/VBG/pcomp/1 Moravia/PROPN/NNP/dobj/3#ORG",
    ),
    (
        "post beside its place",  # a firm is no post
        "became~become/VERB/VBD/ROOT/0 director/NOUN/NN/attr/0 of/ADP/IN/prep/1 Yerkes/PROPN/NNP/pobj/2"
        " company/NOUN/NN/appos/3",
    ),
    (
        "unit read as modifier",  # no number
        "survived~survive/VERB/VBD/ROOT/0 at/ADP/IN/prep/0"
        " sports~sport/NOUN/NNS/compound/3 Direct/PROPN/NNP/pobj/1",
    ),
    (
        "subject behind semicolon",  # the verb has its subject
        "Lonza/PROPN/NNP/nsubj/1 grew~grow/VERB/VBD/ROOT/1 ;/PUNCT/:/punct/1 rival/NOUN/NN/appos/0"
        " it/PRON/PRP/nsubj/5 shrank~shrink/VERB/VBD/conj/1",
    ),
    (
        "name split before its end",  # two names
        "Monday/PROPN/NNP/npadvmod/2#DATE Willem/PROPN/NNP/nsubj/2#PERSON left~leave/VERB/VBD/ROOT/2",
    ),
    (
        "role and name both subjects",  # a date stands between
        "The/DET/DT/det/1 writer/NOUN/NN/nsubj/4 today/NOUN/NN/npadvmod/4 Kovel/PROPN/NNP/nsubj/4"
        " left~leave/VERB/VBD/ROOT/4",
    ),
    (
        "clause before semicolon",  # a comma parts nothing
        "Eva/PROPN/NNP/nsubj/1 wrote~write/VERB/VBD/ccomp/4 ,/PUNCT/,/punct/4 Ida/PROPN/NNP/nsubj/4"
        " said~say/VERB/VBD/ROOT/4",
    ),
    (
        "main verb beside relative",  # the conjunction ties it to the relative clause
        "Lonza/PROPN/NNP/ROOT/0 which/PRON/WDT/nsubj/2 grew~grow/VERB/VBD/relcl/0 and/CCONJ/CC/cc/2"
        " hired~hire/VERB/VBD/conj/2 Eva/PROPN/NNP/dobj/4",
    ),
    (
        "name torn by conjunction",  # one name, the recogniser says
        "cited~cite/VERB/VBD/ROOT/0 Food/PROPN/NNP/nmod/4#ORG and/CCONJ/CC/cc/1#ORG Drug/PROPN/NNP/conj/1#ORG"
        " Administration/PROPN/NNP/dobj/0#ORG",
    ),
    (
        "one of, behind an object",  # it counts what follows
        "named~name/VERB/VBD/ROOT/0 one/NUM/CD/nummod/2 album/NOUN/NN/dobj/0 of/ADP/IN/prep/2"
        " Northlight/PROPN/NNP/pobj/3",
    ),
    (
        "apposition behind relative",  # no noun before the comma
        "DART/PROPN/NNP/ROOT/0 which/PRON/WDT/nsubj/2 landed~land/VERB/VBD/relcl/0 ,/PUNCT/,/punct/0"
        " Dimorphos/PROPN/NNP/appos/0",
    ),
    (
        "noun with inner preposition",  # no hyphens
        "editor/NOUN/NN/ROOT/0 a/DET/DT/det/0 in/ADP/IN/prep/0 b/DET/DT/det/4 chief/NOUN/NN/pobj/2",
    ),
    (
        "main verb read as adjective",  # no object
        "Vega/PROPN/NNP/nsubj/1 tired/ADJ/JJ/ROOT/1 ./PUNCT/./punct/1",
    ),
    (
        "birth behind parents",  # nobody is born
        "spoke~speak/VERB/VBD/ROOT/0 to/ADP/IN/prep/0 parents~parent/NOUN/NNS/pobj/1 in/ADP/IN/prep/2"
        " Oslo/PROPN/NNP/pobj/3",
    ),
]


@pytest.mark.parametrize(("name", "line", "moved"), ACTS, ids=[a[0] for a in ACTS])
def test_a_repair_acts(name: str, line: str, moved: tuple[str, str, str]) -> None:
    sentence = tree(line)
    assert REPAIRS[name](sentence)
    token = next(t for t in sentence.tokens if t.text == moved[0])
    assert (token.dep, token.head.text) == moved[1:]
    assert is_forest(sentence)


@pytest.mark.parametrize(("name", "line"), REFUSES, ids=[f"{n}-{i}" for i, (n, _) in enumerate(REFUSES)])
def test_a_repair_refuses(name: str, line: str) -> None:
    sentence = tree(line)
    before = _shape(sentence)
    assert not REPAIRS[name](sentence)
    assert _shape(sentence) == before


def test_a_participial_preposition_is_no_verb() -> None:
    sentence = tree(
        "Rivals~rival/NOUN/NNS/nsubj/3 including~include/VERB/VBG/prep/0 Bolt/PROPN/NNP/pobj/1"
        " left~leave/VERB/VBD/ROOT/3"
    )
    assert REPAIRS["participial preposition"](sentence)
    assert sentence.tokens[1].pos == "ADP"


@pytest.mark.parametrize(
    ("line", "lemma"),
    [
        ("Airbus/PROPN/NNP/nsubj/1 hopes~hop/VERB/VBZ/ROOT/1", "hope"),
        ("Eva/PROPN/NNP/nsubj/1 hoped~hop/VERB/VBD/ROOT/1", "hope"),
        ("Eva/PROPN/NNP/nsubj/1 staged~stag/VERB/VBD/ROOT/1", "stage"),
        ("Eva/PROPN/NNP/nsubj/2 did~do/AUX/VBD/aux/2 found~find/VERB/VB/ROOT/2", "found"),
    ],
)
def test_a_verb_gets_its_own_lemma(line: str, lemma: str) -> None:
    sentence = tree(line)
    assert REPAIRS["lemma of another verb"](sentence)
    assert sentence.tokens[-1].lemma == lemma


def test_every_repair_has_both() -> None:
    acts = {a[0] for a in ACTS} | {
        "participial preposition",
        "lemma of another verb",
        "noun with inner preposition",
    }
    assert acts == {r[0] for r in REFUSES} == set(REPAIRS)


def test_a_good_parse_is_left_alone() -> None:
    sentence = tree("Eva/PROPN/NNP/nsubj/1 bought~buy/VERB/VBD/ROOT/1 boats~boat/NOUN/NNS/dobj/1")
    before = _shape(sentence)
    assert repair(sentence) == ()
    assert _shape(sentence) == before


WORDS = st.sampled_from(
    [
        ("Oslo", "PROPN", "NNP"),
        ("Nokia", "PROPN", "NNP"),
        ("phones", "NOUN", "NNS"),
        ("founder", "NOUN", "NN"),
        ("co", "NOUN", "NN"),
        ("-", "PUNCT", "HYPH"),
        (",", "PUNCT", ","),
        ("of", "ADP", "IN"),
        ("and", "CCONJ", "CC"),
        ("including", "VERB", "VBG"),
        ("surprised", "ADJ", "JJ"),
        ("built", "VERB", "VBN"),
        ("makes", "VERB", "VBZ"),
        ("sells", "VERB", "VBZ"),
        ("who", "PRON", "WP"),
        ("it", "PRON", "PRP"),
        ("its", "PRON", "PRP$"),
        ("1998", "NUM", "CD"),
        ("not", "PART", "RB"),
    ]
)
DEPS = st.sampled_from(
    """nsubj nsubjpass dobj pobj prep appos conj cc relcl acl amod compound ccomp xcomp advcl npadvmod
    punct dep poss attr agent dative nummod neg aux auxpass mark pcomp""".split()
)
ENTS = st.sampled_from(["", "", "ORG", "GPE", "PERSON", "DATE"])


@st.composite
def parses(draw: st.DrawFn) -> Sentence:
    """Words that repairs look for, in trees that no parser would give."""
    size = draw(st.integers(1, 10))
    order = draw(st.permutations(range(size)))
    heads = {order[0]: order[0]}
    for place, i in enumerate(order[1:], 1):
        heads[i] = order[draw(st.integers(0, place - 1))]
    rows = []
    for i in range(size):
        text, pos, tag = draw(WORDS)
        dep = "ROOT" if heads[i] == i else draw(DEPS)
        rows.append((text, text if pos == "PROPN" else text.lower(), pos, tag, dep, heads[i], draw(ENTS)))
    return build(rows)


@settings(max_examples=300)
@given(parses())
def test_repairs_keep_a_forest_and_the_words(sentence: Sentence) -> None:
    places = [(t.i, t.start, t.end) for t in sentence.tokens]
    repair(sentence)
    assert is_forest(sentence)
    assert [(t.i, t.start, t.end) for t in sentence.tokens] == places


def _shape(sentence: Sentence) -> list[tuple[str, str, str, str, int]]:
    return [(t.text, t.pos, t.lemma, t.dep, t.head.i) for t in sentence.tokens]


def test_what_a_repair_needs_keeps_none_from_acting() -> None:
    """Repairs that look at sentences with their labels alone do what all of them do at every sentence."""
    changed = 0
    for parse in read_parses().values():
        for asked, every in zip(unpack(parse), unpack(parse), strict=True):
            names = repair(asked)
            assert names == tuple(name for name, function in REPAIRS.items() if function(every))
            assert _shape(asked) == _shape(every)
            changed += len(names)
    assert changed > 50
