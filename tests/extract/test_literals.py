"""Literals in sentences: first on real parses (they depend on the model), then on frozen ones."""

from __future__ import annotations

import itertools
import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factloom.extract import dates, numbers
from factloom.extract.language import parse
from factloom.extract.literals import FoundLiteral, find_literals
from factloom.extract.tokens import Sentence, Token
from factloom.ontology.namespaces import XSD

DATE = "2026-01-14"  # a Wednesday

# A sentence, and below it each literal: words | value | datatype | unit | approximation.
CASES = """
Two thirds of the 9 judges agreed with 2/3 of it.
    9 judges | 9 | integer | judges | -
Nearly 3,500 workers went on strike on 12 January.
    Nearly 3,500 workers | 3500 | integer | workers | nearly
    12 January | 2026-01-12 | date | - | -
The airline ordered 45 jets worth $5.2 billion.
    45 jets | 45 | integer | jets | -
    $5.2 billion | 5200000000 | decimal | USD | -
Its revenue fell by 7 percent in 2023.
    7 percent | 7 | integer | percent | -
    2023 | 2023 | gYear | - | -
The river is 6,650 km long.
    6,650 km | 6650 | integer | km | -
Two astronauts spent 178 days in orbit.
    Two astronauts | 2 | integer | astronauts | -
    178 days | 178 | integer | days | -
The app has more than 20 million downloads.
    more than 20 million downloads | 20000000 | integer | downloads | more than
He signed a four-year contract in July 2025.
    four-year | 4 | integer | year | -
    July 2025 | 2025-07 | gYearMonth | - | -
The Galaxy S24 costs €899.
    €899 | 899 | decimal | EUR | -
The quake hit at 6:30 a.m. on Sunday.
    6:30 a.m. | 6:30 a.m. | string | - | -
    Sunday | 2026-01-11 | date | - | -
She moved to Berlin two years ago.
    two years ago | 2024 | gYear | - | -
The museum drew 8.7 million visitors last year.
    8.7 million visitors | 8700000 | integer | visitors | -
    last year | 2025 | gYear | - | -
Between 5 and 8 percent of users pay.
    5 | 5 | integer | percent | from
    8 percent | 8 | integer | percent | to
The yen fell to 150 yen per dollar.
    150 yen | 150 | decimal | JPY | -
The council has 21 seats and a budget of £12m.
    21 seats | 21 | integer | seats | -
    £12m | 12000000 | decimal | GBP | -
A dozen states sued in March 2022.
    A dozen states | 12 | integer | states | -
    March 2022 | 2022-03 | gYearMonth | - | -
The rocket carried 60 satellites into orbit yesterday.
    60 satellites | 60 | integer | satellites | -
    yesterday | 2026-01-13 | date | - | -
The novel was written in the 1860s.
    the 1860s | 1860 | gYear | - | 1860s
Boeing delivered 528 aircraft in 2023, up from 480 in 2022.
    528 aircraft | 528 | integer | aircraft | -
    2023 | 2023 | gYear | - | -
    480 | 480 | integer | - | -
    2022 | 2022 | gYear | - | -
Its market share is 31.4%.
    31.4% | 31.4 | decimal | percent | -
The deal will close in the second half of 2026.
    the second half of 2026 | 2026 | gYear | - | second half
Volvo will open the plant next month.
    next month | 2026-02 | gYearMonth | - | -
Some 40 countries signed the accord.
    Some 40 countries | 40 | integer | countries | some
The 52-year-old minister resigned last week.
    52-year-old | 52 | integer | years old | -
    last week | 2026-01-05 | date | - | week
Anna Lind, 29, won the race in 2 hours.
    29 | 29 | integer | years old | -
    2 hours | 2 | integer | hours | -
Route 66 is 2,448 miles long.
    2,448 miles | 2448 | integer | miles | -
Formula 1 raced there in 2019.
    2019 | 2019 | gYear | - | -
The firm lost $1.3bn between 2020 and 2022.
    $1.3bn | 1300000000 | decimal | USD | -
    2020 | 2020 | gYear | - | from
    2022 | 2022 | gYear | - | to
He was the 44th president.
The second phase begins in autumn 2027.
    autumn 2027 | 2027 | gYear | - | autumn
The school has as many as 900 pupils.
    as many as 900 pupils | 900 | integer | pupils | as many as
The bank paid 250 million Hong Kong dollars.
    250 million Hong Kong dollars | 250000000 | decimal | HKD | -
Falcon 9 flew 96 times in 2023.
    96 times | 96 | integer | times | -
    2023 | 2023 | gYear | - | -
Only three of the firms replied.
    three | 3 | integer | - | -
The city lies 35 miles north of Dallas.
    35 miles | 35 | integer | miles | -
The battery lasts up to 18 hours.
    up to 18 hours | 18 | integer | hours | up to
PlayStation 5 sales hit 50 million units by December 2023.
    50 million units | 50000000 | integer | units | -
    December 2023 | 2023-12 | gYearMonth | - | -
The drug cut deaths by a third.
Interest rates rose to 5.25 per cent from 5 per cent.
    5.25 per cent | 5.25 | decimal | percent | -
    5 per cent | 5 | integer | percent | -
The tunnel, 57 kilometres long, opened on 1 June 2016.
    57 kilometres | 57 | integer | kilometres | -
    1 June 2016 | 2016-06-01 | date | - | -
The union represents 12,000 nurses at 30 hospitals.
    12,000 nurses | 12000 | integer | nurses | -
    30 hospitals | 30 | integer | hospitals | -
The contract runs from 1 May 2024 to 30 April 2027.
    1 May 2024 | 2024-05-01 | date | - | from
    30 April 2027 | 2027-04-30 | date | - | to
GDP shrank 0.3 percent in Q4 2025.
    0.3 percent | 0.3 | decimal | percent | -
    Q4 2025 | 2025 | gYear | - | Q4
Area 51 lies in Nevada.
The trial of nine men began on Friday.
    nine men | 9 | integer | men | -
    Friday | 2026-01-09 | date | - | -
Tickets cost $15 each.
    $15 | 15 | decimal | USD | -
Spotify has over 600 million monthly active users.
    over 600 million monthly active users | 600000000 | integer | monthly active users | over
Mount Everest is 8,848 metres high.
    8,848 metres | 8848 | integer | metres | -
The firm employs about 1,200 people in 15 countries.
    about 1,200 people | 1200 | integer | people | about
    15 countries | 15 | integer | countries | -
Shares fell 3.2 percent to $45.10.
    3.2 percent | 3.2 | decimal | percent | -
    $45.10 | 45.1 | decimal | USD | -
Revenue rose to ¥2 trillion from ¥1.8 trillion.
    ¥2 trillion | 2000000000000 | decimal | JPY | -
    ¥1.8 trillion | 1800000000000 | decimal | JPY | -
The fund raised at least €1.5bn last month.
    at least €1.5bn | 1500000000 | decimal | EUR | at least
    last month | 2025-12 | gYearMonth | - | -
The tower is 300 m tall and 50 m wide.
    300 m | 300 | integer | m | -
    50 m | 50 | integer | m | -
At least 20 people died and more than 100 were injured.
    At least 20 people | 20 | integer | people | at least
    more than 100 | 100 | integer | - | more than
The village has fewer than 500 inhabitants.
    fewer than 500 inhabitants | 500 | integer | inhabitants | fewer than
Unemployment fell by 0.5 percentage points.
    0.5 percentage points | 0.5 | decimal | percentage points | -
She bought a dozen eggs and two bottles of wine.
    a dozen eggs | 12 | integer | eggs | -
    two bottles | 2 | integer | bottles | -
The company hired 200 engineers in March 2023.
    200 engineers | 200 | integer | engineers | -
    March 2023 | 2023-03 | gYearMonth | - | -
He finished second in the first race.
One of the founders left.
The iPhone 15 Pro costs $999.
    $999 | 999 | decimal | USD | -
The Boeing 737 MAX was grounded in 2019.
    2019 | 2019 | gYear | - | -
Apollo 11 landed on 20 July 1969.
    20 July 1969 | 1969-07-20 | date | - | -
Title 42 expired on May 11, 2023.
    May 11, 2023 | 2023-05-11 | date | - | -
Chapter 11 protects firms.
World War II ended in 1945.
    1945 | 1945 | gYear | - | -
The 1924 Games were held in Paris.
Windows 11 has 400 million users.
    400 million users | 400000000 | integer | users | -
The bill passed 218-210.
She is 35 years old.
    35 years old | 35 | integer | years old | -
The 19-year-old student won $50,000.
    19-year-old | 19 | integer | years old | -
    $50,000 | 50000 | decimal | USD | -
Mary Jones, 42, of Leeds, died.
    42 | 42 | integer | years old | -
Children aged 12 may enter.
    12 | 12 | integer | years old | -
The lake covers 1,500 square kilometres.
    1,500 square kilometres | 1500 | integer | square kilometres | -
It weighs 5.5 tonnes and runs at 120 km/h.
    5.5 tonnes | 5.5 | decimal | tonnes | -
    120 km/h | 120 | integer | km/h | -
The drive stores 512GB and draws 65W.
    512GB | 512 | integer | GB | -
Temperatures reached -5°C.
    -5°C | -5 | integer | °C | -
Some 3,000 Americans live there.
    Some 3,000 Americans | 3000 | integer | Americans | some
Half of the 50 states agreed.
    50 states | 50 | integer | states | -
Two thirds of voters agreed.
The three companies signed a five-year deal.
    three companies | 3 | integer | companies | -
    five-year | 5 | integer | year | -
The deal is worth up to 2 billion dollars.
    up to 2 billion dollars | 2000000000 | decimal | USD | up to
He paid 300 pounds for a 20-pound bag.
    300 pounds | 300 | integer | pounds | -
    20-pound | 20 | integer | pound | -
The debt is 40 million pounds.
    40 million pounds | 40000000 | decimal | GBP | -
Samsung invested 300 trillion won.
    300 trillion won | 300000000000000 | decimal | KRW | -
The company won 3 contracts.
    3 contracts | 3 | integer | contracts | -
The fine was 10 million Swiss francs.
    10 million Swiss francs | 10000000 | decimal | CHF | -
The rent is $2,000 a month.
    $2,000 a month | 2000 | decimal | USD per month | -
Oil costs $80 a barrel.
    $80 a barrel | 80 | decimal | USD per barrel | -
Users rose from 10 million to 15 million.
    10 million | 10000000 | integer | - | from
    15 million | 15000000 | integer | - | to
Between 2010 and 2015 the city grew.
    2010 | 2010 | gYear | - | from
    2015 | 2015 | gYear | - | to
The war lasted from 1914 to 1918.
    1914 | 1914 | gYear | - | from
    1918 | 1918 | gYear | - | to
The 2008–2009 crisis hurt banks.
    2008 | 2008 | gYear | - | from
    2009 | 2009 | gYear | - | to
He ruled from 44 BC.
    44 BC | -0043 | gYear | - | -
The 2020 elections were held in November.
    2020 | 2020 | gYear | - | -
    November | 2025-11 | gYearMonth | - | -
It opened in the summer of 2021.
    summer of 2021 | 2021 | gYear | - | summer
The store will open on Monday.
    Monday | 2026-01-19 | date | - | -
The company said on Tuesday that profits rose.
    Tuesday | 2026-01-13 | date | - | -
The factory closed in March.
    March | 2025-03 | gYearMonth | - | -
The factory will close in March.
    March | 2026-03 | gYearMonth | - | -
Sales fell in the third quarter of 2024.
    the third quarter of 2024 | 2024 | gYear | - | third quarter
The treaty was signed on 5/13/2024.
    5/13/2024 | 2024-05-13 | date | - | -
It was founded in the late 1990s.
    the late 1990s | 1990 | gYear | - | late 1990s
The event takes place on 3-5 June 2026.
    3-5 June 2026 | 2026-06-03 | date | - | from
    3-5 June 2026 | 2026-06-05 | date | - | to
The product launched three years ago.
    three years ago | 2023 | gYear | - | -
Yesterday the firm paid 20% more.
    Yesterday | 2026-01-13 | date | - | -
    20% | 20 | integer | percent | -
Nearly half a million homes lost power.
    Nearly half a million homes | 500000 | integer | homes | nearly
A hundred and twenty people came.
    A hundred and twenty people | 120 | integer | people | -
Twenty-five workers were fired.
    Twenty-five workers | 25 | integer | workers | -
The plan costs between $4 billion and $5 billion.
    $4 billion | 4000000000 | decimal | USD | from
    $5 billion | 5000000000 | decimal | USD | to
Up to 30 firms bid, each offering $1m or more.
    Up to 30 firms | 30 | integer | firms | up to
    $1m or more | 1000000 | decimal | USD | or more
The phone has a 6.1-inch screen and 8 GB of memory.
    6.1-inch | 6.1 | decimal | inch | -
    8 GB | 8 | integer | GB | -
GPT-4 has 1.8 trillion parameters.
    1.8 trillion parameters | 1800000000000 | integer | parameters | -
COVID-19 killed 7 million people.
    7 million people | 7000000 | integer | people | -
The G20 met in Bali.
Police arrested four men.
    four men | 4 | integer | men | -
The population was 67,000,000 in 2020.
    67,000,000 | 67000000 | integer | - | -
    2020 | 2020 | gYear | - | -
The meeting starts at 10:30 a.m. on Friday.
    10:30 a.m. | 10:30 a.m. | string | - | -
    Friday | 2026-01-16 | date | - | -
Over three years, the firm grew by 60 percent.
    three years | 3 | integer | years | -
    60 percent | 60 | integer | percent | -
Version 2.0 was released in 2022.
    2022 | 2022 | gYear | - | -
He scored 30 points in 25 minutes.
    30 points | 30 | integer | points | -
    25 minutes | 25 | integer | minutes | -
The 10-mile road cost 5 crore rupees.
    10-mile | 10 | integer | mile | -
    5 crore rupees | 50000000 | decimal | INR | -
Flight 370 carried 239 people.
    239 people | 239 | integer | people | -
Zero emissions are planned by 2050.
    Zero emissions | 0 | integer | emissions | -
    2050 | 2050 | gYear | - | -
The U.S. spent 13.5% of GDP.
    13.5% | 13.5 | decimal | percent | -
The bridge, built in 1932, is 1,149 m long.
    1932 | 1932 | gYear | - | -
    1,149 m | 1149 | integer | m | -
Profit was USD 3.5 million versus EUR 2 million.
    USD 3.5 million | 3500000 | decimal | USD | -
    EUR 2 million | 2000000 | decimal | EUR | -
Its market value is almost US$3tn.
    almost US$3tn | 3000000000000 | decimal | USD | almost
More than half of its 1,000 staff quit.
    1,000 staff | 1000 | integer | staff | -
About 10 or more people stayed.
    About 10 or more people | 10 | integer | people | or more
The book sold 2.5m copies.
    2.5m copies | 2500000 | integer | copies | -
The first iPhone was sold for $499 in 2007.
    $499 | 499 | decimal | USD | -
    2007 | 2007 | gYear | - | -
NASA's 50-year-old probe is 15 billion miles away.
    50-year-old | 50 | integer | years old | -
    15 billion miles | 15000000000 | integer | miles | -
The team lost 3-2 on Saturday.
    Saturday | 2026-01-10 | date | - | -
He was born on 12 February 1809 in Kentucky.
    12 February 1809 | 1809-02-12 | date | - | -
Einstein (1879–1955) was a physicist.
    1879 | 1879 | gYear | - | from
    1955 | 1955 | gYear | - | to
Article 5 of the treaty applies.
The band has 1.2 million followers on TikTok and 300k on X.
    1.2 million followers | 1200000 | integer | followers | -
The startup has around 45 million daily active users in India.
    around 45 million daily active users | 45000000 | integer | daily active users | around
OpenAI raised $6.6 billion at a valuation of $157 billion in October 2024.
    $6.6 billion | 6600000000 | decimal | USD | -
    $157 billion | 157000000000 | decimal | USD | -
    October 2024 | 2024-10 | gYearMonth | - | -
Tencent's WeChat had 1.38 billion monthly users at the end of 2024.
    1.38 billion monthly users | 1380000000 | integer | monthly users | -
    the end of 2024 | 2024 | gYear | - | end
The EU fined Apple €1.8bn on 4 March 2024.
    €1.8bn | 1800000000 | decimal | EUR | -
    4 March 2024 | 2024-03-04 | date | - | -
BYD sold 4.27 million cars last year.
    4.27 million cars | 4270000 | integer | cars | -
    last year | 2025 | gYear | - | -
The company plans to hire 500 people next year.
    500 people | 500 | integer | people | -
    next year | 2027 | gYear | - | -
Sales are expected to rise 10% to 12% this year.
    10% | 10 | integer | percent | from
    12% | 12 | integer | percent | to
    this year | 2026 | gYear | - | -
Prices were 2.4 per cent higher than a year earlier.
    2.4 per cent | 2.4 | decimal | percent | -
    a year earlier | 2025 | gYear | - | -
The law takes effect on 1 July.
    1 July | 2026-07-01 | date | - | -
The bank will cut 1,000 jobs by the end of 2027.
    1,000 jobs | 1000 | integer | jobs | -
    the end of 2027 | 2027 | gYear | - | end
Three people died on Tuesday night.
    Three people | 3 | integer | people | -
    Tuesday night | 2026-01-13 | date | - | -
The house costs A$1.2 million.
    A$1.2 million | 1200000 | decimal | AUD | -
He earns £30,000 a year.
    £30,000 a year | 30000 | decimal | GBP per year | -
They bought 15% of the shares for 3bn yuan.
    15% | 15 | integer | percent | -
    3bn yuan | 3000000000 | decimal | CNY | -
The bond yields 4.5%.
    4.5% | 4.5 | decimal | percent | -
More than two-thirds of the 435 members voted.
    435 members | 435 | integer | members | -
The ship carried 2,224 passengers and crew.
    2,224 passengers | 2224 | integer | passengers | -
Up to 10,000 troops will leave in the coming month.
    Up to 10,000 troops | 10000 | integer | troops | up to
    the coming month | the coming month | string | - | -
The museum, opened in 1901, has 12 rooms.
    1901 | 1901 | gYear | - | -
    12 rooms | 12 | integer | rooms | -
No fewer than six ministers resigned.
    No fewer than six ministers | 6 | integer | ministers | no fewer than
The train runs at 350 km per hour.
    350 km per hour | 350 | integer | km per hour | -
The Model 3 sells for about $40,000.
    about $40,000 | 40000 | decimal | USD | about
Ford recalled 1.3 million F-150 trucks.
    1.3 million F-150 trucks | 1300000 | integer | F-150 trucks | -
The Airbus A380 can carry 853 passengers.
    853 passengers | 853 | integer | passengers | -
She won two gold medals at the 2012 Olympics.
    two gold medals | 2 | integer | gold medals | -
Python 3.12 was released in October 2023.
    October 2023 | 2023-10 | gYearMonth | - | -
The S&P 500 fell 1.2%.
    1.2% | 1.2 | decimal | percent | -
Catch-22 was published in 1961.
    1961 | 1961 | gYear | - | -
The 737 MAX has 2 engines.
    2 engines | 2 | integer | engines | -
The firm is worth at least ten times its 2015 value.
    at least ten times | 10 | integer | times | at least
    2015 | 2015 | gYear | - | -
The population grew from 3.1 million in 1990 to 5 million in 2020.
    3.1 million | 3100000 | integer | - | -
    1990 | 1990 | gYear | - | -
    5 million | 5000000 | integer | - | -
    2020 | 2020 | gYear | - | -
He died in 1882, aged 73.
    1882 | 1882 | gYear | - | -
    73 | 73 | integer | years old | -
The 27-member bloc met on Thursday.
    27-member | 27 | integer | member | -
    Thursday | 2026-01-08 | date | - | -
It was the first of four concerts.
    four concerts | 4 | integer | concerts | -
It took ten to fifteen minutes.
    ten | 10 | integer | minutes | from
    fifteen minutes | 15 | integer | minutes | to
The tablet weighs less than 500 grams.
    less than 500 grams | 500 | integer | grams | less than
Roughly 60,000 fans watched the match.
    Roughly 60,000 fans | 60000 | integer | fans | roughly
It costs 99 cents.
    99 cents | 99 | integer | cents | -
The trial starts in two weeks.
    two weeks | 2 | integer | weeks | -
They have been married for over 20 years.
    over 20 years | 20 | integer | years | over
The park covers about 3.5 million acres.
    about 3.5 million acres | 3500000 | integer | acres | about
Under the deal, Intel will pay AMD $1.25 billion.
    $1.25 billion | 1250000000 | decimal | USD | -
The series ran from September 1999 until May 2006.
    September 1999 | 1999-09 | gYearMonth | - | from
    May 2006 | 2006-05 | gYearMonth | - | to
In the first quarter of 2025, Nvidia earned $44.1 billion.
    the first quarter of 2025 | 2025 | gYear | - | first quarter
    $44.1 billion | 44100000000 | decimal | USD | -
The fire started shortly after 2 p.m. yesterday.
    2 p.m. | 2 p.m. | string | - | -
    yesterday | 2026-01-13 | date | - | -
The 12th president served for 16 months.
    16 months | 16 | integer | months | -
At 8,611 m, K2 is the second-highest mountain.
    8,611 m | 8611 | integer | m | -
Half a dozen countries signed the pact in the spring of 1995.
    Half a dozen countries | 6 | integer | countries | -
    spring of 1995 | 1995 | gYear | - | spring
The app was downloaded 100 million times in a month.
    100 million times | 100000000 | integer | times | -
"""
# What is known to be read wrongly.
KNOWN_FAILURES = """
Call 911 now.
There were 2020 votes.
    2020 votes | 2020 | integer | votes | -
One in five adults smokes.
"""
UNDATED = """
The firm moved yesterday.
    yesterday | yesterday | string | - | -
The firm moved on January 5.
    January 5 | --01-05 | gMonthDay | - | -
The firm moved in March.
    March | --03 | gMonth | - | -
The firm moved three weeks ago.
    three weeks ago | three weeks ago | string | - | -
The firm moved last month.
    last month | last month | string | - | -
The firm moved on Monday.
    Monday | Monday | string | - | -
The firm moved last March.
    last March | last March | string | - | -
The firm moved in 2019.
    2019 | 2019 | gYear | - | -
"""
Row = tuple[str, str, str, str, str]


def table(text: str) -> list[tuple[str, list[Row]]]:
    """Sentences with their rows."""
    found: list[tuple[str, list[Row]]] = []
    for line in text.strip().splitlines():
        if line.startswith("    "):
            words, value, datatype, unit, approximation = line.strip().split(" | ")
            found[-1][1].append((words, value, datatype, unit, approximation))
        else:
            found.append((line, []))
    return found


def rows(sentences: list[Sentence], date: str | None) -> list[Row]:
    """What is found, in the form of the table."""
    found = itertools.chain.from_iterable(find_literals(s, document_date=date) for s in sentences)
    return [row(f) for f in found]


def row(found: FoundLiteral) -> Row:
    said = found.literal
    datatype = said.datatype.removeprefix(XSD)
    return said.text, said.value, datatype, said.unit or "-", said.approximation or "-"


@pytest.fixture(scope="module")
def read() -> dict[str, list[Sentence]]:
    texts = [text for part in (CASES, KNOWN_FAILURES, UNDATED) for text, _ in table(part)]
    return dict(zip(texts, parse(texts), strict=True))


class TestWithTheModel:
    """These parse with the packaged pipeline: another model may read some of them differently."""

    @pytest.mark.parametrize(("text", "expected"), table(CASES))
    def test_cases(self, read: dict[str, list[Sentence]], text: str, expected: list[Row]) -> None:
        assert rows(read[text], DATE) == expected

    @pytest.mark.parametrize(("text", "expected"), table(UNDATED))
    def test_without_a_document_date(
        self, read: dict[str, list[Sentence]], text: str, expected: list[Row]
    ) -> None:
        assert rows(read[text], None) == expected

    @pytest.mark.xfail(reason="the parse does not tell", strict=True)
    @pytest.mark.parametrize(("text", "expected"), table(KNOWN_FAILURES))
    def test_known_failures(self, read: dict[str, list[Sentence]], text: str, expected: list[Row]) -> None:
        assert rows(read[text], DATE) == expected

    def test_spans_cover_the_words(self, read: dict[str, list[Sentence]]) -> None:
        for sentences in read.values():
            for sentence in sentences:
                for found in find_literals(sentence, document_date=DATE):
                    covered = sentence.tokens[found.start : found.end]
                    words = sentence.slice(covered[0].start, covered[-1].end)
                    assert found.start < found.end
                    assert found.literal.text in words

    def test_literals_do_not_overlap(self, read: dict[str, list[Sentence]]) -> None:
        for sentences in read.values():
            for sentence in sentences:
                found = find_literals(sentence, document_date=DATE)
                for a, b in itertools.pairwise(found):
                    same = (a.start, a.end) == (b.start, b.end)
                    assert a.end <= b.start or (same and b.literal.approximation == "to")

    def test_a_second_reading_says_the_same(self, read: dict[str, list[Sentence]]) -> None:
        for sentences in read.values():
            assert rows(sentences, DATE) == rows(sentences, DATE)


def frozen(spec: str) -> Sentence:
    """A sentence from `text/pos/tag/dep/head[/ent]` words; `^` before a word joins it to the one before."""
    tokens, heads, text = [], [], ""
    for i, word in enumerate(spec.split(" ")):
        glued = word.startswith("^")
        form, pos, tag, dep, head, *ent = word.removeprefix("^").split("/")
        text += "" if glued or not text else " "
        token = Token(
            i, form, form.lower(), form.lower(), pos, tag, dep, len(text), len(text) + len(form), *ent
        )
        text += form
        tokens.append(token)
        heads.append(int(head))
    for token, head in zip(tokens, heads, strict=True):
        token.head = tokens[head]
        if head != token.i:
            tokens[head].children.append(token)
    return Sentence(tokens, 0, len(text), text)


FROZEN = [
    (
        "It/PRON/PRP/nsubj/1 has/VERB/VBZ/ROOT/1 over/ADV/RB/quantmod/4 230/NUM/CD/compound/4 "
        "million/NUM/CD/nummod/6 monthly/ADJ/JJ/amod/6 users/NOUN/NNS/dobj/1 ^././././1",
        [("over 230 million monthly users", "230000000", "integer", "monthly users", "over")],
    ),
    (
        "They/PRON/PRP/nsubj/1 left/VERB/VBD/ROOT/1 over/ADP/IN/prep/1 three/NUM/CD/nummod/4 "
        "years/NOUN/NNS/pobj/2",
        [("three years", "3", "integer", "years", "-")],
    ),
    (
        "The/DET/DT/det/1 iPhone/PROPN/NNP/nsubj/3 15/NUM/CD/nummod/1 costs/VERB/VBZ/ROOT/3 "
        "$/SYM/$/nmod/5 ^799/NUM/CD/dobj/3",
        [("$799", "799", "decimal", "USD", "-")],
    ),
    (
        "The/DET/DT/det/2 1924/NUM/CD/nummod/2/EVENT Games/PROPN/NNPS/nsubj/3/EVENT ended/VERB/VBD/ROOT/3",
        [],
    ),
    (
        "It/PRON/PRP/nsubj/1 opens/VERB/VBZ/ROOT/1 on/ADP/IN/prep/1 Monday/PROPN/NNP/pobj/2",
        [("Monday", "2026-01-19", "date", "-", "-")],
    ),
    (
        "It/PRON/PRP/nsubj/1 opened/VERB/VBD/ROOT/1 on/ADP/IN/prep/1 Monday/PROPN/NNP/pobj/2",
        [("Monday", "2026-01-12", "date", "-", "-")],
    ),
    (
        "He/PRON/PRP/nsubj/1 ruled/VERB/VBD/ROOT/1 2010–2015/NUM/CD/npadvmod/1",
        [("2010", "2010", "gYear", "-", "from"), ("2015", "2015", "gYear", "-", "to")],
    ),
    (
        "Two/NUM/CD/nsubj/2 ^-/PUNCT/HYPH/punct/0 left/VERB/VBD/ROOT/2",
        [],
    ),
    ("It/PRON/PRP/nsubj/1 works/VERB/VBZ/ROOT/1", []),
]


@pytest.mark.parametrize(("spec", "expected"), FROZEN)
def test_frozen(spec: str, expected: list[Row]) -> None:
    assert rows([frozen(spec)], DATE) == expected


def test_a_wrong_document_date_is_refused() -> None:
    with pytest.raises(ValueError, match="2026-13-01"):
        find_literals(frozen("in/ADP/IN/prep/0 2019/NUM/CD/pobj/0"), document_date="2026-13-01")


@given(st.integers(0, 10**15))
def test_figures_keep_their_value(n: int) -> None:
    assert numbers.number(f"{n:,}") == n == numbers.number(str(n))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty-five", "25"),
        ("two hundred and fifty thousand", "250000"),
        ("one million two hundred thousand", "1200000"),
        ("half a million", "500000"),
        ("one and a half billion", "1500000000"),
        ("a dozen", "12"),
        ("6.9bn", "6900000000"),
        ("10k", "10000"),
        ("5 crore", "50000000"),
        ("nineteen ninety", None),
        ("two five", None),
        ("hundred", None),
    ],
)
def test_number(words: str, value: str | None) -> None:
    found = numbers.number(words)
    assert (found if found is None else numbers.canonical(found)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9))
def test_canonical_keeps_the_value(value: Decimal) -> None:
    text = numbers.canonical(value)
    assert Decimal(text) == value
    assert "E" not in text
    assert not ("." in text and text.endswith(("0", ".")))


PIECES = [
    "5",
    "March",
    "2024",
    "of",
    "the",
    "last",
    "two",
    "years",
    "ago",
    "-",
    "$",
    "million",
    "Q3",
    "1990s",
    ",",
    "to",
]
LEXICAL = {
    dates.DATE: r"\d{4}-\d\d-\d\d",
    dates.MONTH: r"\d{4}-\d\d",
    dates.YEAR: r"-?\d{4}",
    dates.MONTH_DAY: r"--\d\d-\d\d",
    dates.MONTH_OF_YEAR: r"--\d\d",
    dates.STRING: r".+",
}


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12), st.sampled_from([None, date(2026, 1, 14)]))
def test_dates_are_valid_and_apart(pieces: list[str], today: date | None) -> None:
    text = " ".join(pieces)
    found = dates.find_dates(text, today=today, tense=lambda _: dates.Tense.PAST)
    for span in found:
        assert 0 <= span.start < span.end <= len(text)
        assert re.fullmatch(LEXICAL[span.datatype], span.value)
    for a, b in itertools.pairwise(found):
        assert a.end <= b.start or (a.start, a.end) == (b.start, b.end)
