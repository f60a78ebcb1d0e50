"""A rich results report of invented facts, shaped like the programme of autumn 2018."""

from datetime import date
from decimal import Decimal
from hashlib import sha256

from karvon.rules.programme.description import EventKind, Role
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import Money, Period, Share
from karvon.rules.reporting.content import (
    ActionTaken,
    Advice,
    AdviceGroup,
    Breakdown,
    Cell,
    ContractFigure,
    ContractHead,
    CountingNotes,
    EventEvidence,
    EventHead,
    EventLearning,
    EvidenceDocument,
    EvidenceSheet,
    FeedbackResult,
    JudgedStatement,
    MemberCompany,
    OverlapFigure,
    PlaceSeen,
    ProgrammeHead,
    ProposalHead,
    ResultRow,
    ResultsReport,
    RuleNote,
    ScanOfSheet,
    ScoreChange,
    VisitHead,
)
from karvon.rules.reporting.figure import Figure

LV79, ERDF = "lv79", "erdf"


def five(lv: str, en: str, ru: str, uz: str, cyrl: str) -> Text:
    return Text.of({"lv": lv, "en": en, "ru": ru, "uz": uz, "uz-Cyrl": cyrl})


def english(text: str) -> Text:
    return Text.of({"en": text})


def checksum(of: str) -> str:
    return sha256(of.encode()).hexdigest()


RIGA = PlaceSeen(
    "riga", five("Rīga", "Riga", "Рига", "Riga", "Рига"), "LV", Decimal("56.9496"), Decimal("24.1052")
)
TASHKENT = PlaceSeen(
    "tashkent",
    five("Taškenta", "Tashkent", "Ташкент", "Toshkent", "Тошкент"),
    "UZ",
    Decimal("41.2995"),
    Decimal("69.2401"),
)
ANDIJAN = PlaceSeen(
    "andijan",
    five("Andižana", "Andijan", "Андижан", "Andijon", "Андижон"),
    "UZ",
    Decimal("40.7821"),
    Decimal("72.3442"),
)
FERGANA = PlaceSeen(
    "fergana",
    five("Fergāna", "Fergana", "Фергана", "Fargʻona", "Фарғона"),
    "UZ",
    Decimal("40.3842"),
    Decimal("71.7843"),
)
HEAT = five("Siltumapgāde", "Heat supply", "Теплоснабжение", "Issiqlik taʼminoti", "Иссиқлик таъминоти")
WATER = five("Ūdensapgāde", "Water supply", "Водоснабжение", "Suv taʼminoti", "Сув таъминоти")
WASTE = five(
    "Atkritumu apsaimniekošana",
    "Waste management",
    "Обращение с отходами",
    "Chiqindilarni boshqarish",
    "Чиқиндиларни бошқариш",
)
CITY = five("Viedās pilsētas", "Smart cities", "Умные города", "Aqlli shaharlar", "Ақлли шаҳарлар")
FARM = five("Lauksaimniecība", "Agriculture", "Сельское хозяйство", "Qishloq xoʻjaligi", "Қишлоқ хўжалиги")

_TITLES: dict[str, Text] = {
    "heat": five(
        "Mācības par siltumapgādes sistēmu atjaunošanu",
        "Training on renewing district heating",
        "Обучение по модернизации теплоснабжения",
        "Issiqlik taʼminotini yangilash boʻyicha oʻquv mashgʻuloti",
        "Иссиқлик таъминотини янгилаш бўйича ўқув машғулоти",
    ),
    "water": five(
        "Mācības par ūdens zudumu mazināšanu",
        "Training on reducing water losses",
        "Обучение по снижению потерь воды",
        "Suv yoʻqotishlarini kamaytirish boʻyicha oʻquv mashgʻuloti",
        "Сув йўқотишларини камайтириш бўйича ўқув машғулоти",
    ),
    "waste": five(
        "Mācības par atkritumu šķirošanu un poligonu",
        "Training on sorting waste and running a landfill",
        "Обучение по сортировке отходов и эксплуатации полигона",
        "Chiqindilarni saralash boʻyicha oʻquv mashgʻuloti",
        "Чиқиндиларни саралаш бўйича ўқув машғулоти",
    ),
    "city": five(
        "Mācības par viedo pilsētu plānošanu",
        "Training on planning smart cities",
        "Обучение по планированию умных городов",
        "Aqlli shaharlarni rejalashtirish boʻyicha oʻquv mashgʻuloti",
        "Ақлли шаҳарларни режалаштириш бўйича ўқув машғулоти",
    ),
    "farm": five(
        "Mācības par ūdeni taupošu augkopību",
        "Training on growing crops with less water",
        "Обучение по водосберегающему растениеводству",
        "Suvni tejaydigan dehqonchilik boʻyicha oʻquv mashgʻuloti",
        "Сувни тежайдиган деҳқончилик бўйича ўқув машғулоти",
    ),
    "partners": five(
        "Tikšanās ar iespējamiem partneriem",
        "Meetings with potential partners",
        "Встречи с потенциальными партнёрами",
        "Ehtimoliy hamkorlar bilan uchrashuvlar",
        "Эҳтимолий ҳамкорлар билан учрашувлар",
    ),
    "plant": five(
        "Ūdens attīrīšanas iekārtu apmeklējums",
        "Visit to the water treatment plant",
        "Посещение водоочистных сооружений",
        "Suv tozalash inshootiga tashrif",
        "Сув тозалаш иншоотига ташриф",
    ),
    "hospital": five(
        "Reģionālās slimnīcas apmeklējums",
        "Visit to the regional hospital",
        "Посещение областной больницы",
        "Viloyat shifoxonasiga tashrif",
        "Вилоят шифохонасига ташриф",
    ),
    "law": five(
        "Ievads likumdošanā un īstenotajos projektos",
        "Introduction to legislation and completed projects",
        "Введение в законодательство и завершённые проекты",
        "Qonunchilik va amalga oshirilgan loyihalar bilan tanishuv",
        "Қонунчилик ва амалга оширилган лойиҳалар билан танишув",
    ),
}
_KINDS: dict[str, EventKind] = {
    "partners": "partner_meeting",
    "plant": "site_visit",
    "hospital": "site_visit",
    "law": "presentation",
}
_SECTORS = {"heat": HEAT, "water": WATER, "waste": WASTE, "city": CITY, "farm": FARM, "plant": WATER}


def event(
    key: str, topic: str, first: date, last: date, place: PlaceSeen, contracts: tuple[str, ...], hours: int
) -> EventHead:
    return EventHead(
        key=key,
        kind=_KINDS.get(topic, "training"),
        title=_TITLES[topic],
        period=Period(first, last),
        place=place.name,
        sectors=(_SECTORS[topic],) if topic in _SECTORS else (),
        contracts=contracts,
        hours=Decimal(hours),
    )


def _shares(lv79: int, erdf: int) -> tuple[Share, ...]:
    both = (Share(LV79, Decimal(lv79)), Share(ERDF, Decimal(erdf)))
    return tuple(share for share in both if share.percent)


VISITS = (
    VisitHead(
        key="riga-september",
        direction="incoming",
        title=five(
            "Uzbekistānas speciālistu mācību vizīte Rīgā",
            "Study visit of Uzbek specialists to Riga",
            "Ознакомительный визит узбекских специалистов в Ригу",
            "Oʻzbekiston mutaxassislarining Rigaga oʻquv safari",
            "Ўзбекистон мутахассисларининг Ригага ўқув сафари",
        ),
        period=Period(date(2018, 9, 10), date(2018, 9, 14)),
        places=(RIGA,),
        purpose=five(
            "Iepazīt siltumapgādes, ūdensapgādes un atkritumu apsaimniekošanas pieredzi, normatīvo vidi, "
            "īstenotos projektus un infrastruktūras attīstības plānus.",
            "To study heat supply, water supply and waste management in practice, the legislation behind them, "
            "completed projects and plans for infrastructure.",
            "Изучить практику теплоснабжения, водоснабжения и обращения с отходами, законодательство, "
            "завершённые проекты и планы развития инфраструктуры.",
            "Issiqlik va suv taʼminoti hamda chiqindilarni boshqarish tajribasi, qonunchilik, amalga oshirilgan "
            "loyihalar va infratuzilma rejalarini oʻrganish.",
            "Иссиқлик ва сув таъминоти ҳамда чиқиндиларни бошқариш тажрибаси, қонунчилик, амалга оширилган "
            "лойиҳалар ва инфратузилма режаларини ўрганиш.",
        ),
        sectors=(HEAT, WATER, WASTE),
        shares=_shares(60, 40),
        host=Text.of({"lv": "CLEANTECH LATVIA", "en": "CLEANTECH LATVIA"}),
        experts=19,
        events=(
            event("r1", "law", date(2018, 9, 10), date(2018, 9, 10), RIGA, (LV79, ERDF), 4),
            event("r2", "heat", date(2018, 9, 11), date(2018, 9, 12), RIGA, (LV79,), 16),
            event("r3", "plant", date(2018, 9, 12), date(2018, 9, 12), RIGA, (LV79, ERDF), 3),
            event("r4", "waste", date(2018, 9, 13), date(2018, 9, 14), RIGA, (ERDF,), 12),
        ),
    ),
    VisitHead(
        key="tashkent-october",
        direction="outgoing",
        title=five(
            "Ekspertu vizīte Taškentā",
            "Expert mission to Tashkent",
            "Выезд экспертов в Ташкент",
            "Ekspertlarning Toshkentga safari",
            "Экспертларнинг Тошкентга сафари",
        ),
        period=Period(date(2018, 10, 10), date(2018, 10, 12)),
        places=(TASHKENT,),
        sectors=(HEAT, WATER, WASTE),
        shares=_shares(50, 50),
        host=Text.of(
            {"uz": "Maxsustrans", "uz-Cyrl": "Махсустранс", "ru": "Махсустранс", "en": "Makhsustrans"}
        ),
        experts=7,
        events=(
            event("t1", "partners", date(2018, 10, 10), date(2018, 10, 10), TASHKENT, (ERDF,), 3),
            event("t2", "heat", date(2018, 10, 10), date(2018, 10, 11), TASHKENT, (LV79, ERDF), 12),
            event("t3", "water", date(2018, 10, 11), date(2018, 10, 12), TASHKENT, (LV79,), 12),
            event("t4", "waste", date(2018, 10, 11), date(2018, 10, 12), TASHKENT, (LV79, ERDF), 12),
        ),
    ),
    VisitHead(
        key="andijan-november",
        direction="outgoing",
        title=five(
            "Ekspertu vizīte Andižanā",
            "Expert mission to Andijan",
            "Выезд экспертов в Андижан",
            "Ekspertlarning Andijonga safari",
            "Экспертларнинг Андижонга сафари",
        ),
        period=Period(date(2018, 11, 12), date(2018, 11, 16)),
        places=(TASHKENT, ANDIJAN),
        sectors=(WATER, CITY, FARM),
        shares=_shares(40, 60),
        experts=5,
        events=(
            event("a1", "plant", date(2018, 11, 12), date(2018, 11, 12), ANDIJAN, (ERDF,), 3),
            event("a2", "city", date(2018, 11, 13), date(2018, 11, 14), ANDIJAN, (LV79, ERDF), 12),
            event("a3", "farm", date(2018, 11, 14), date(2018, 11, 15), ANDIJAN, (LV79,), 10),
            event("a4", "hospital", date(2018, 11, 16), date(2018, 11, 16), ANDIJAN, (), 2),
        ),
    ),
    VisitHead(
        key="fergana-november",
        direction="outgoing",
        title=five(
            "Ekspertu vizīte Fergānā",
            "Expert mission to Fergana",
            "Выезд экспертов в Фергану",
            "Ekspertlarning Fargʻonaga safari",
            "Экспертларнинг Фарғонага сафари",
        ),
        period=Period(date(2018, 11, 26), date(2018, 11, 30)),
        places=(TASHKENT, FERGANA),
        sectors=(WATER, WASTE, FARM),
        shares=_shares(0, 100),
        experts=6,
        events=(
            event("f1", "water", date(2018, 11, 26), date(2018, 11, 27), FERGANA, (ERDF,), 12),
            event("f2", "farm", date(2018, 11, 28), date(2018, 11, 29), FERGANA, (LV79, ERDF), 12),
            event("f3", "plant", date(2018, 11, 29), date(2018, 11, 29), FERGANA, (ERDF,), 3),
            event("f4", "partners", date(2018, 11, 30), date(2018, 11, 30), FERGANA, (ERDF,), 2),
        ),
    ),
)

CONTRACTS = (
    ContractHead(
        key=LV79,
        number="LV-79",
        funder=five(
            "Latvijas Republikas Ārlietu ministrija",
            "Ministry of Foreign Affairs of the Republic of Latvia",
            "Министерство иностранных дел Латвийской Республики",
            "Latviya Respublikasi Tashqi ishlar vazirligi",
            "Латвия Республикаси Ташқи ишлар вазирлиги",
        ),
        title=five(
            "Uzbekistānas valsts pārvaldes kapacitātes stiprināšana ilgtspējīgai attīstībai",
            "Capacity building in Uzbekistan’s state administration for sustainable development",
            "Укрепление потенциала государственного управления Узбекистана в интересах устойчивого развития",
            "Oʻzbekiston davlat boshqaruvining barqaror rivojlanish uchun salohiyatini oshirish",
            "Ўзбекистон давлат бошқарувининг барқарор ривожланиш учун салоҳиятини ошириш",
        ),
        period=Period(date(2018, 6, 1), date(2018, 12, 15)),
        budget=Money(Decimal("48500"), "EUR"),
        acknowledgement=five(
            "Projekts īstenots ar Latvijas Republikas Ārlietu ministrijas atbalstu no attīstības sadarbībai "
            "piešķirtajiem valsts budžeta līdzekļiem.",
            "The project was carried out with support from the development cooperation budget of the Ministry "
            "of Foreign Affairs of the Republic of Latvia.",
            "Проект осуществлён при поддержке Министерства иностранных дел Латвийской Республики за счёт "
            "средств на сотрудничество в целях развития.",
            "Loyiha Latviya Respublikasi Tashqi ishlar vazirligining rivojlanish hamkorligi mablagʻlari "
            "koʻmagida amalga oshirildi.",
            "Лойиҳа Латвия Республикаси Ташқи ишлар вазирлигининг ривожланиш ҳамкорлиги маблағлари кўмагида "
            "амалга оширилди.",
        ),
    ),
    ContractHead(
        key=ERDF,
        number="3.2.1.1/16/A/014",
        funder=five(
            "Eiropas Reģionālās attīstības fonds, Centrālā finanšu un līgumu aģentūra",
            "European Regional Development Fund, Central Finance and Contracting Agency",
            "Европейский фонд регионального развития, Центральное финансово-договорное агентство",
            "Yevropa mintaqaviy rivojlanish jamgʻarmasi, Markaziy moliya va shartnomalar agentligi",
            "Европа минтақавий ривожланиш жамғармаси, Марказий молия ва шартномалар агентлиги",
        ),
        period=Period(date(2016, 12, 1), date(2023, 6, 30)),
        budget=Money(Decimal("1260480.50"), "EUR"),
    ),
)

RULES = (
    RuleNote(
        "unique-in-period",
        1,
        five(
            "Unikāls periodā",
            "Unique in the period",
            "Уникальные за период",
            "Davrda takrorlanmas",
            "Даврда такрорланмас",
        ),
        five(
            "Persona tiek uzskaitīta vienreiz periodā, lai cik mācību tā apmeklētu; tikai strukturētas mācības.",
            "A person counts once per period, however many trainings they attended; structured training only.",
            "Человек учитывается один раз за период, сколько бы обучений он ни посетил; только обучение с "
            "собственной программой.",
            "Har bir kishi davr davomida bir marta hisoblanadi; faqat oʻz dasturiga ega mashgʻulotlar.",
            "Ҳар бир киши давр давомида бир марта ҳисобланади; фақат ўз дастурига эга машғулотлар.",
        ),
        source="USAID EG.3.2-1",
    ),
    RuleNote(
        "min-contact-hours",
        1,
        five("Kontaktstundas", "Contact hours", "Контактные часы", "Kontakt soatlari", "Контакт соатлари"),
        five(
            "Persona tiek uzskaitīta, sākot no {hours} kontaktstundām.",
            "A person counts from {hours} contact hours on.",
            "Человек учитывается начиная с {hours} контактных часов.",
            "Kishi {hours} aloqa soatidan boshlab hisoblanadi.",
            "Киши {hours} алоқа соатидан бошлаб ҳисобланади.",
        ),
        facts=(("hours", 16),),
        source="USAID ADS 253",
        verified=False,
    ),
)

TRAINED = five(
    "Apmācītie speciālisti",
    "Specialists trained",
    "Обученные специалисты",
    "Oʻqitilgan mutaxassislar",
    "Ўқитилган мутахассислар",
)
RESULTS = (
    ResultRow(
        key="trained",
        title=TRAINED,
        measure="people",
        rule="unique-in-period",
        contracts=(
            ContractFigure(LV79, Figure(94, 96, 99), target=Decimal(80)),
            ContractFigure(ERDF, Figure(119, 121, 124), target=Decimal(100)),
        ),
        overlaps=(OverlapFigure((LV79, ERDF), Figure(61, 63, 66)),),
        union=Figure(151, 154, 158),
        programme=Figure(151, 154, 158),
        participations=Figure(232, 232, 232),
        target=Decimal(150),
    ),
    ResultRow(
        key="hours",
        title=five(
            "Speciālisti ar vismaz 16 kontaktstundām",
            "Specialists with at least 16 contact hours",
            "Специалисты с не менее чем 16 контактными часами",
            "Kamida 16 aloqa soatiga ega mutaxassislar",
            "Камида 16 алоқа соатига эга мутахассислар",
        ),
        measure="people",
        rule="min-contact-hours",
        contracts=(ContractFigure(LV79, Figure(31, 33, 39, outer=True)), ContractFigure(ERDF, None)),
        programme=Figure(44, 47, 55, outer=True),
    ),
    ResultRow(
        key="visits",
        title=five(
            "Apmaiņas vizītes",
            "Exchange visits",
            "Обменные визиты",
            "Almashinuv safarlari",
            "Алмашинув сафарлари",
        ),
        measure="visits",
        contracts=(
            ContractFigure(LV79, Figure.exact(3), target=Decimal(3)),
            ContractFigure(ERDF, Figure.exact(4), target=Decimal(4)),
        ),
        overlaps=(OverlapFigure((LV79, ERDF), Figure.exact(3)),),
        union=Figure.exact(4),
        programme=Figure.exact(4),
        baseline=Decimal(0),
        target=Decimal(4),
    ),
    ResultRow(
        key="proposals",
        title=five(
            "Projektu priekšlikumi",
            "Project proposals",
            "Проектные предложения",
            "Loyiha takliflari",
            "Лойиҳа таклифлари",
        ),
        measure="proposals",
        contracts=(ContractFigure(LV79, None), ContractFigure(ERDF, Figure.exact(5), target=Decimal(3))),
        programme=Figure.exact(5),
    ),
)

BREAKDOWNS = (
    Breakdown(
        "sex",
        (
            Cell("female", Text(), Figure(47, 48, 52)),
            Cell("male", Text(), Figure(98, 99, 103)),
            Cell("not_stated", Text(), Figure(4, 7, 9)),
        ),
        Figure(151, 154, 158),
        indicator="trained",
    ),
    Breakdown(
        "region",
        (
            Cell("UZ-TK", TASHKENT.name, Figure(66, 67, 69)),
            Cell("UZ-AN", ANDIJAN.name, Figure(37, 38, 40)),
            Cell("UZ-FA", FERGANA.name, Figure(34, 35, 36)),
            Cell("UZ-NG", five("Namangana", "Namangan", "Наманган", "Namangan", "Наманган"), None),
            Cell("not_stated", Text(), None),
        ),
        Figure(151, 154, 158),
        indicator="trained",
    ),
    Breakdown(
        "sector",
        (
            Cell("23620", HEAT, Figure(57, 58, 60)),
            Cell("14021", WATER, Figure(49, 49, 51)),
            Cell("14050", WASTE, Figure(44, 45, 45)),
            Cell("43032", CITY, Figure(22, 22, 22)),
            Cell("31161", FARM, Figure(36, 37, 39)),
        ),
        None,
        indicator="trained",
        exclusive=False,
    ),
)

STATEMENTS = (
    JudgedStatement(
        "s1",
        five(
            "Kopumā apmācīti vairāk nekā 150 speciālisti",
            "More than 150 specialists were trained in all",
            "Всего обучено более 150 специалистов",
            "Jami 150 nafardan ortiq mutaxassis oʻqitildi",
            "Жами 150 нафардан ортиқ мутахассис ўқитилди",
        ),
        "more_than",
        150,
        "supported",
        Figure(151, 154, 158),
        published_in="cleantech.example.lv",
        published_on=date(2018, 12, 20),
    ),
    JudgedStatement(
        "s2",
        five(
            "Oktobrī Taškentā apmācīti vairāk nekā 75 speciālisti",
            "More than 75 specialists were trained in Tashkent in October",
            "В октябре в Ташкенте обучено более 75 специалистов",
            "Oktabrda Toshkentda 75 nafardan ortiq mutaxassis oʻqitildi",
            "Октябрда Тошкентда 75 нафардан ортиқ мутахассис ўқитилди",
        ),
        "more_than",
        75,
        "supported",
        Figure(77, 79, 82),
    ),
    JudgedStatement(
        "s3",
        five(
            "Vismaz 36 speciālisti ieguva 16 kontaktstundas līgumā LV-79",
            "At least 36 specialists had 16 contact hours under LV-79",
            "Не менее 36 специалистов прошли 16 контактных часов по договору LV-79",
            "LV-79 doirasida kamida 36 mutaxassis 16 soat taʼlim oldi",
            "LV-79 доирасида камида 36 мутахассис 16 соат таълим олди",
        ),
        "at_least",
        36,
        "open",
        Figure(31, 33, 39, outer=True),
        settled_by=2,
    ),
    JudgedStatement(
        "s4",
        five(
            "Apmācīti vairāk nekā 60 sieviešu",
            "More than 60 women were trained",
            "Обучено более 60 женщин",
            "60 nafardan ortiq ayol oʻqitildi",
            "60 нафардан ортиқ аёл ўқитилди",
        ),
        "more_than",
        60,
        "not_supported",
        Figure(47, 48, 52),
    ),
)

_OFFICE = five(
    "Mājokļu un komunālo pakalpojumu ministrija",
    "Ministry of Housing and Communal Services",
    "Министерство жилищно-коммунального обслуживания",
    "Uy-joy kommunal xizmat koʻrsatish vazirligi",
    "Уй-жой коммунал хизмат кўрсатиш вазирлиги",
)
_WATER_UTILITY = five(
    "Fergānas ūdens uzņēmums",
    "Fergana water utility",
    "Ферганский водоканал",
    "Fargʻona suv taʼminoti korxonasi",
    "Фарғона сув таъминоти корхонаси",
)
_PLAIN_RESPONSE = five(
    "Ieteikums iekļauts nākamā gada darba plānā.",
    "The recommendation has been included in next year’s work plan.",
    "Рекомендация включена в план работы на следующий год.",
    "Tavsiya keyingi yil ish rejasiga kiritildi.",
    "Тавсия кейинги йил иш режасига киритилди.",
)
_ADVICE = {
    "water": (
        five(
            "Ūdensapgādes un notekūdeņu objektu atjaunošana",
            "Reconstruction of water-supply and wastewater facilities",
            "Реконструкция объектов водоснабжения и водоотведения",
            "Suv taʼminoti va oqova suv inshootlarini rekonstruksiya qilish",
            "Сув таъминоти ва оқова сув иншоотларини реконструкция қилиш",
        ),
        [
            five(
                "Ieviest ūdens zudumu mērījumus pa zonām",
                "Measure water losses zone by zone",
                "Ввести позонный учёт потерь воды",
                "Suv yoʻqotishlarini hududlar boʻyicha oʻlchash",
                "Сув йўқотишларини ҳудудлар бўйича ўлчаш",
            ),
            five(
                "Atjaunot dūņu apstrādi attīrīšanas iekārtās",
                "Renew sludge treatment at the plant",
                "Обновить обработку осадка на очистных сооружениях",
                "Tozalash inshootida loyqani qayta ishlashni yangilash",
                "Тозалаш иншоотида лойқани қайта ишлашни янгилаш",
            ),
            five(
                "Nomainīt sūkņus ar mainīga ātruma piedziņu",
                "Replace pumps with variable-speed drives",
                "Заменить насосы на агрегаты с регулируемым приводом",
                "Nasoslarni oʻzgaruvchan tezlikdagisiga almashtirish",
                "Насосларни ўзгарувчан тезликдагисига алмаштириш",
            ),
            five(
                "Izveidot digitālu tīklu karti",
                "Build a digital map of the network",
                "Создать цифровую карту сетей",
                "Tarmoqlarning raqamli xaritasini yaratish",
                "Тармоқларнинг рақамли харитасини яратиш",
            ),
        ],
    ),
    "crops": (
        five(
            "Videi draudzīgi apstākļi augkopībai",
            "Environment-friendly conditions for growing crops",
            "Экологичные условия для растениеводства",
            "Ekin yetishtirish uchun ekologik qulay sharoitlar",
            "Экин етиштириш учун экологик қулай шароитлар",
        ),
        [
            five(
                "Pāriet uz pilienveida apūdeņošanu",
                "Move to drip irrigation",
                "Перейти на капельное орошение",
                "Tomchilatib sugʻorishga oʻtish",
                "Томчилатиб суғоришга ўтиш",
            ),
            five(
                "Izmantot kompostu no bioatkritumiem",
                "Use compost made from organic waste",
                "Использовать компост из органических отходов",
                "Organik chiqindilardan kompost ishlatish",
                "Органик чиқиндилардан компост ишлатиш",
            ),
            five(
                "Ieviest augsnes sāļuma uzraudzību",
                "Monitor the salinity of the soil",
                "Ввести мониторинг засоления почв",
                "Tuproq shoʻrlanishini kuzatib borish",
                "Тупроқ шўрланишини кузатиб бориш",
            ),
        ],
    ),
    "waste": (
        five(
            "Atkritumu apglabāšanas un resursu optimizācija",
            "Optimisation of waste disposal and of resources",
            "Оптимизация утилизации отходов и ресурсов",
            "Chiqindilarni utilizatsiya qilish va resurslarni optimallashtirish",
            "Чиқиндиларни утилизация қилиш ва ресурсларни оптималлаштириш",
        ),
        [
            five(
                "Uzsākt dalīto vākšanu trīs rajonos",
                "Start separate collection in three districts",
                "Начать раздельный сбор в трёх районах",
                "Uchta tumanda alohida yigʻishni boshlash",
                "Учта туманда алоҳида йиғишни бошлаш",
            ),
            five(
                "Savākt poligona gāzi",
                "Capture landfill gas",
                "Собирать свалочный газ",
                "Poligon gazini yigʻib olish",
                "Полигон газини йиғиб олиш",
            ),
            five(
                "Plānot maršrutus pēc konteineru piepildījuma",
                "Plan collection routes by how full containers are",
                "Планировать маршруты по заполненности контейнеров",
                "Marshrutlarni konteyner toʻlishiga qarab rejalash",
                "Маршрутларни контейнер тўлишига қараб режалаш",
            ),
            five(
                "Izveidot otrreizējo materiālu biržu",
                "Set up an exchange for recovered materials",
                "Создать биржу вторичных материалов",
                "Ikkilamchi materiallar birjasini tashkil etish",
                "Иккиламчи материаллар биржасини ташкил этиш",
            ),
        ],
    ),
}


def _advice_groups() -> tuple[AdviceGroup, ...]:
    groups: list[AdviceGroup] = []
    number = 0
    for key, (title, pieces) in _ADVICE.items():
        advice: list[Advice] = []
        for piece in pieces:
            number += 1
            is_answered = number not in (3, 6, 11)
            advice.append(
                Advice(
                    key=f"a{number}",
                    title=piece,
                    text=english(
                        "The measure pays for itself within a few years and can start with what is already there."
                    )
                    if number % 4 == 1
                    else Text(),
                    addressee=_WATER_UTILITY if number % 2 else _OFFICE,
                    priority=("high", "medium", "low")[number % 3],
                    observed=(_TITLES["plant"],) if key == "water" else (),
                    given_on=date(2018, 12, 3),
                    response_due=date(2019, 1, 31) if number != 11 else date(2019, 6, 30),
                    response_status=("accepted", "partly_accepted", "accepted", "rejected")[number % 4]
                    if is_answered
                    else None,
                    response=_PLAIN_RESPONSE if number % 4 in (0, 2) and is_answered else Text(),
                    responded_on=date(2019, 1, 21) if is_answered else None,
                    actions=(
                        ActionTaken(
                            text=piece,
                            owner=_WATER_UTILITY,
                            due=date(2019, 3, 1),
                            completed_on=date(2019, 2, 20) if number == 1 else None,
                            verified_by=_OFFICE if number == 1 else Text(),
                        ),
                    )
                    if number in (1, 5)
                    else (),
                )
            )
        groups.append(AdviceGroup(key, title, tuple(advice)))
    return tuple(groups)


def _proposal(
    key: str, place: PlaceSeen, title: Text, stage: str, cost: int | None, advice: tuple[str, ...]
) -> ProposalHead:
    return ProposalHead(
        key=key,
        title=title,
        stage=stage,  # type: ignore[arg-type]
        stage_on=date(2019, 2, 1),
        owner=_OFFICE,
        place=place.name,
        cost=Money(Decimal(cost), "EUR") if cost else None,
        funding_sought=Money(Decimal(cost) * 3 / 4, "EUR") if cost else None,
        advice=advice,
    )


PROPOSALS = (
    _proposal(
        "p1", FERGANA,
        five("Fergānas ūdensvada atjaunošana", "Renewal of Fergana’s water main", "Обновление водопровода Ферганы",
             "Fargʻona suv quvurini yangilash", "Фарғона сув қувурини янгилаш"),
        "submitted", 4200000, ("a1", "a3"),
    ),
    _proposal(
        "p2", TASHKENT,
        five("Dalītā vākšana Taškentā", "Separate collection in Tashkent", "Раздельный сбор в Ташкенте",
             "Toshkentda alohida yigʻish", "Тошкентда алоҳида йиғиш"),
        "submitted", 860000, ("a8", "a10"),
    ),
    _proposal(
        "p3", ANDIJAN,
        five("Viedā apgaismojuma pilotprojekts", "Smart lighting pilot", "Пилотный проект умного освещения",
             "Aqlli yoritish tajriba loyihasi", "Ақлли ёритиш тажриба лойиҳаси"),
        "concept", 310000, (),
    ),
    _proposal(
        "p4", FERGANA,
        five("Pilienveida apūdeņošanas demonstrācija", "Drip irrigation demonstration",
             "Демонстрация капельного орошения", "Tomchilatib sugʻorish namoyishi", "Томчилатиб суғориш намойиши"),
        "feasibility", 145500, ("a5",),
    ),
    _proposal(
        "p5", TASHKENT,
        five("Poligona gāzes izmantošana", "Use of landfill gas", "Использование свалочного газа",
             "Poligon gazidan foydalanish", "Полигон газидан фойдаланиш"),
        "idea", None, ("a9",),
    ),
)  # fmt: skip


def _sheet(number: int, name: str, lines: int, *, scan: bool, role: Role = "participant") -> EvidenceSheet:
    return EvidenceSheet(
        file=f"sheets/{name}",
        sha256=checksum(name),
        lines=lines,
        day=date(2018, 10, 11) if number % 5 == 2 else None,
        role=role,
        scan=ScanOfSheet(
            f"documents/scan-{number:02}.pdf", checksum(f"scan {number}"), (1, 2)[: number % 2 + 1]
        )
        if scan
        else None,
    )


def _evidence() -> tuple[EventEvidence, ...]:
    names = [
        ("r1", "riga-01-atklasana.xlsx", 19), ("r2", "riga-02-siltums.xlsx", 18), ("r4", "riga-04-atkritumi.ods", 17),
        ("t2", "tashkent-01-teplo-10.xls", 26), ("t2", "tashkent-01-teplo-11.xls", 24),
        ("t3", "Ташкент вода.docx", 29), ("t4", "tashkent-chiqindi.csv", 31), ("t4", "tashkent-chiqindi-2.tsv", 12),
        ("a2", "andijon-shahar.xlsx", 22), ("a3", "andijon-dehqonchilik.csv", 21), ("f1", "fargona-suv.ods", 23),
        ("f2", "fargona-dehqonchilik.xlsx", 20), ("f2", "Фарғона рўйхат.xlsx", 14), ("a2", "andijon-trenerlar.xlsx", 4),
    ]  # fmt: skip
    sheets: dict[str, list[EvidenceSheet]] = {}
    for number, (of_event, name, lines) in enumerate(names, start=1):
        role: Role = "trainer" if "trener" in name else "participant"
        sheets.setdefault(of_event, []).append(_sheet(number, name, lines, scan=number % 3 != 0, role=role))
    evidence: list[EventEvidence] = []
    for visit in VISITS:
        for of_event in visit.events:
            if of_event.kind in ("training", "presentation"):
                agenda = EvidenceDocument(
                    f"documents/agenda-{of_event.key}.pdf",
                    checksum(f"agenda {of_event.key}"),
                    "agenda",
                    of_event.title,
                )
                evidence.append(EventEvidence(of_event.key, tuple(sheets.get(of_event.key, ())), (agenda,)))
    return tuple(evidence)


LEARNING = tuple(
    EventLearning(event.key, event.title, event.period, scores, feedback)
    for event, scores, feedback in (
        (
            VISITS[1].events[0],
            ScoreChange(21, 17, Decimal("48.3"), Decimal("57.8"), Decimal("9.5"), Decimal(60)),
            FeedbackResult(26, (("usefulness", Decimal("4.0")), ("trainer", Decimal("4.6")))),
        ),
        (
            VISITS[1].events[1],
            ScoreChange(8, 2, Decimal("72.5"), Decimal("71.1"), Decimal("-1.4"), Decimal(100)),
            None,
        ),
    )
)


def sample_report() -> ResultsReport:
    return ResultsReport(
        programme=ProgrammeHead(
            key="uzbekistan-2018",
            title=five(
                "Latvija – Uzbekistāna 2018: ilgtspējīga infrastruktūra reģioniem",
                "Latvia – Uzbekistan 2018: sustainable infrastructure for the regions",
                "Латвия – Узбекистан 2018: устойчивая инфраструктура для регионов",
                "Latviya – Oʻzbekiston 2018: hududlar uchun barqaror infratuzilma",
                "Латвия – Ўзбекистон 2018: ҳудудлар учун барқарор инфратузилма",
            ),
            period=Period(date(2018, 9, 1), date(2018, 12, 31)),
            as_of=date(2019, 2, 28),
            lead=Text.of(
                {
                    "lv": "Tīro tehnoloģiju klasteris CLEANTECH LATVIA",
                    "en": "CLEANTECH LATVIA cluster",
                    "ru": "Кластер чистых технологий CLEANTECH LATVIA",
                    "uz": "CLEANTECH LATVIA toza texnologiyalar klasteri",
                    "uz-Cyrl": "CLEANTECH LATVIA тоза технологиялар кластери",
                }
            ),
            summary=five(
                "Rudenī Latvijas eksperti un Uzbekistānas reģionu iestādes četrās vizītēs kopā mācījās siltumapgādē, "
                "ūdensapgādē un atkritumu apsaimniekošanā un sagatavoja priekšlikumus kopīgiem projektiem.",
                "In autumn, Latvian experts and institutions of Uzbekistan’s regions worked together in four visits on "
                "heat supply, water supply and waste management, and prepared proposals for joint projects.",
                "Осенью латвийские эксперты и учреждения регионов Узбекистана в ходе четырёх визитов вместе "
                "занимались теплоснабжением, водоснабжением и обращением с отходами и подготовили "
                "предложения совместных проектов.",
                "Kuzda Latviya ekspertlari va Oʻzbekiston hududlari muassasalari toʻrtta safar davomida issiqlik "
                "va suv taʼminoti hamda chiqindilarni boshqarish boʻyicha birga ishlab, "
                "qoʻshma loyihalar taklifini tayyorladi.",
                "Кузда Латвия экспертлари ва Ўзбекистон ҳудудлари муассасалари тўртта сафар давомида иссиқлик ва сув "
                "таъминоти ҳамда чиқиндиларни бошқариш бўйича бирга ишлаб, қўшма лойиҳалар таклифини тайёрлади.",
            ),
            home_country="LV",
            partner_countries=("UZ",),
            fictitious=True,
        ),
        contracts=CONTRACTS,
        visits=VISITS,
        results=RESULTS,
        notes=CountingNotes(
            lines=280, certain_unseen=21, doubts_left=4, decisions=6, unnamed_heads=12, snapshot=1
        ),
        headline="trained",
        rules=RULES,
        breakdowns=BREAKDOWNS,
        statements=STATEMENTS,
        learning=LEARNING,
        advice=_advice_groups(),
        proposals=PROPOSALS,
        members=(
            MemberCompany(english("Baltic Heat Engineering"), ("tashkent-october", "andijan-november")),
            MemberCompany(english("Ūdens un vide"), ("tashkent-october", "fergana-november")),
        ),
        evidence=_evidence(),
        documents=(
            EvidenceDocument(
                "documents/contract-lv-79.pdf", checksum("contract"), "contract", english("Contract LV-79")
            ),
        ),
    )
