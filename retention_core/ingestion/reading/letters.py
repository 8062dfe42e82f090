"""What words look like in the languages of commerce, so that the encoding of a short file can be told by its words.

Frequencies are rounded shares, in thousandths, of the letters beyond ASCII of a language (for alphabets of their own:
of all letters). A letter of the language that is not named has the least share.
"""

import re
from dataclasses import dataclass, field

LEAST = 0.002


@dataclass(frozen=True)
class Language:
    """One language. name: in English. letters: shares of its letters, lower case. typical: where those letters usually
    stand. words: names of columns, people and places that files hold. own_script: whether words consist of nothing
    but its letters."""

    name: str
    letters: dict[str, float]
    typical: re.Pattern[str]
    words: frozenset[str] = field(default=frozenset())
    own_script: bool = False


def _language(name: str, letters: str, typical: str = "", words: str = "", own_script: bool = False) -> Language:
    shares = {each[0]: int(each[1:]) / 1000 for each in letters.split()}
    pattern = re.compile(typical or r"(?!)", re.IGNORECASE)
    return Language(name, shares, pattern, frozenset(words.split()), own_script)


GERMAN = _language(
    "German",
    "ä300 ö190 ü370 ß120 é020",
    r"[äöü][bcdfghklmnprstvwxzß]|[aeiouäöü]ß|[bdfghjkmnrstw][äöü]",
    "größe straße müller händler währung käufer verkäufer münchen köln österreich zürich auftrag geändert rückgabe "
    "stückzahl menge kundennummer jäger schäfer schröder krüger könig günther jürgen düsseldorf nürnberg für über",
)
FRENCH = _language(
    "French",
    "é620 è100 à130 ê060 ç030 â015 î012 ô012 û010 ù010 ë005 ï004 œ010",
    r"è[bcdfglmnprstvz]{1,2}(e|es)?\b|è(re|ne|me|te|se|ce|che|gle|ve|de|lle|ge)|é\b|ée?s?\b|^é|[a-z]é[a-z]|ç[aouiy]|"
    r"ê[tmcln]|î[tnc]|oû|où|[ocd]ô|ô[tnlm]|œu|\bà\b|â[tcgm]|ï[sfv]|aï|oë|ë[l]?\b",
    "prénom numéro référence téléphone société qualité quantité françois hélène zoé rené andré chloé léa jérôme "
    "créé livré payé expédié annulée commandé catégorie crédit remisé église été très après déjà où",
)
IBERIAN = _language(
    "Spanish or Portuguese",
    "ó200 á180 é110 í170 ú050 ñ090 ü004 ã080 ç060 õ025 â010 ê020 ô008 à006",
    r"ñ[aoeiu]|[cs]i[óo]n\b|ã(o|e)?s?\b|ões?\b|ç(ão|ões|[aouã])|[aeiou]?[áéíóú][bcdfglmnprstvz]|ía\b|[áéíóú]\b|"
    r"ê(n|m|s)|â(n|m)|ú[lnms]",
    "nº descripción dirección teléfono número código año españa muñoz núñez peña josé maría garcía lópez martínez "
    "gonçalves joão são situação endereço preço código não informações condições devolução satisfação",
)
ITALIAN = _language(
    "Italian",
    "à370 è300 ù100 ò120 ì090 é020",
    r"[àèìòù]\b",
    "quantità città località qualità nicolò università perché è più società attività",
)
NORDIC = _language(
    "Nordic or Dutch",
    "å260 ä250 ö180 ø120 æ080 é020 ë030 ï010",
    r"[åäöøæ][bdfghjklmnprstvxy]|[bdfghjklmnprstvy][åäöøæ]|\b[åäöøæ]|[ie]ë|eë|aï",
    "beløb købsdato ordrenr kundenr björk småland malmö göteborg århus københavn tromsø tromsö ærø søren jørgen "
    "åsa håkan östersund påminnelse återköp værdi måned",
)
ICELANDIC = _language(
    "Icelandic",
    "í140 á180 ð220 ú070 ó100 ö080 é060 þ060 ý030 æ070",
    r"\bþ[óoúueéaáíiöyýurj]|[aeiouáéíóúýöæy]ð[aeiuru]|[aeiouáéíóú]ð\b|ý[rsnj]|rð",
    "viðskiptavinur dagsetning upphæð pöntun sigurður þór guðrún jón björn",
)
TURKISH = _language(
    "Turkish",
    "ı340 ü130 ş120 ğ090 ç090 ö060 İ040 â003",
    r"ş[aeıiuüotlmtkç]|[aeıiuüoö]ş|[aeıiuüoö]ğ[ıiuüaelr]?|ı[nmrlksşzytcdğvbp]|[lrnmtksdçşğyzbvcph]ı\b|^İ|[aeıioöuü]ç",
    "müşteri sipariş tarihi ürün fatura şehir adı soyadı ödeme çağrı şikayet açıklama iade değerlendirme kaydı "
    "ayşe şahin çelik yıldız yılmaz öztürk doğan kılıç aydın arslan koç özdemir istanbul i̇stanbul i̇brahim i̇zmir "
    "ığdır eskişehir beşiktaş kadıköy muğla gülşen barış şule oğuz çağla satış alış miktarı tutarı indirim kişi",
)
POLISH = _language(
    "Polish",
    "ą130 ć060 ę160 ł260 ń030 ó110 ś100 ź010 ż140",
    r"[ąę]([cdtszżklrg]|\b)|ł[aoyueąęiko]|[aeoiuyó]ł|\błu|ś[cćnlmpwr]|[aeio]ś|ż[eyaondb]|[eouai]ż|ó[wrdłlbg]|ń[sc]|"
    r"[aeiy]ń|ość|[iea]ć\b|źn|[aieo]ź",
    "zamówienie zamówienia ilość wartość łukasz paweł michał wójcik kowalczyk łódź kraków poznań gdańsk płatność "
    "wiśniewski dąbrowski zieliński szymański woźniak kozłowski jabłoński małgorzata grażyna świętokrzyskie cena "
    "imię miejscowość zgłoszenie wysłano złożenia września października dostępność zł żółty józef stanisław",
)
CZECH = _language(
    "Czech or Slovak",
    "á150 č070 ď002 é090 ě110 í210 ň006 ó003 ř085 š065 ť004 ú010 ů045 ý075 ž070 ľ010 ô010 ĺ001 ŕ001 ä003",
    r"ř[eiíáaáuů]|[eipvtdk]ř|ů([mvjlznhsr]|\b)|ě([ntskrlmdvcž]|\b)|[áéíý](ho|mu|m|ch)?\b|č([nkíaeiáuů]|\b)|š[tekíťánl]|"
    r"ž[iíenádkb]|ďa|ťa|ň\b",
    "zákazník číslo objednávka objednávky množství měna příjmení jméno město částka kč novák nováková dvořák dvořáková "
    "černý černá procházka kučera veselý horák němec tomáš jiří ondřej lukáš žofie řehoř plzeň přibyl zákazníka "
    "cena dátum suma počet poštovné září únor březen květen říjen červen děkuji špatný šťastný",
)
HUNGARIAN = _language(
    "Hungarian",
    "á350 é330 ö100 ő090 ó100 ü060 í060 ú030 ű030",
    r"ő([skrtlvibnz]|\b)|ű([rslkt]|\b)|[áéóöőúüű][bdfgjklmnrstvzyk]|[áéóő]\b",
    "vevő rendelés dátum összeg név ügyfél termék szám erdős szűcs győr mennyiség értékelés időpont fizető tóth "
    "kovács szabó köszönöm",
)
ROMANIAN = _language(
    "Romanian",
    "ă350 â100 î120 ş200 ţ200 ș002 ț002",
    r"ă([rtmnslciuvdzp]|\b)|ţ[iaeău]|ş[itcea]|[aeioău]ş|\bî[nm]|â[nrt]",
    "dată comandă preţ bucureşti iaşi sumă ştefan ţară braşov timişoara constanţa plată livrată adresă",
)
SOUTH_SLAVIC = _language(
    "Croatian or Slovene",
    "č260 ć200 š250 ž220 đ070",
    r"ić\b|č[niaeuk]|š[tkinea]|ž[aeinu]|đ[aeiu]",
    "narudžba količina šifra kupac datum cijena marković petrović račun plaćanje željko goran đurđa naročilo količine",
)
RUSSIAN = _language(
    "Russian or Bulgarian",
    "о110 е085 а080 и074 н067 т063 с055 р047 в045 л044 к035 м032 д030 п028 у026 я020 ы019 ь017 г017 з016 б016 ч014 "
    "й012 х010 ж009 ш007 ю006 ц005 щ004 э003 ф003 ъ001 ё001 і010 ї004 є004 ґ001 ј005 љ002 њ003 ћ003 ђ001 џ001",
    r"(ов|ев|ин|ая|ый|ий|ие|ия|ть|ка|на|та|но|ен|ан|ст|ро)",
    "дата клиент клієнт сумма заказ номер имя фамилия город товар количество цена иванов иван мария ольга москва "
    "дата заказа оценка жалоба замовлення київ петров сергей анна покупатель",
    own_script=True,
)
GREEK = _language(
    "Greek",
    "α110 ο090 ι080 τ080 ε080 σ045 ν065 η055 υ040 ς040 ρ040 π040 κ040 λ030 μ030 ω020 δ018 γ017 χ012 θ012 φ010 β007 "
    "ξ004 ζ004 ψ002 ά020 έ017 ή017 ί030 ό025 ύ012 ώ010 ϊ001 ϋ001 ΐ001 ΰ001",
    r"(ος|ης|ας|ου|αι|ει|οι|τη|το|ία|ων|ΟΣ|ΗΣ|ΑΣ|ΙΑ|ΟΥ)",
    "ημερομηνία πελάτης ποσό παραγγελία όνομα επώνυμο πόλη γιώργος αθήνα μαρία αριθμός προϊόν τιμή κωδικός "
    "νίκος ελένη δημήτρης παπαδόπουλος παράπονο βαθμολογία αξία σύνολο",
    own_script=True,
)
PERSIAN_ARABIC = _language(
    "Persian or Arabic",
    "ا130 ی060 ي070 ن070 ر075 م065 ه055 د055 و055 ت050 ل060 ب040 س035 ش030 ک025 ك020 گ012 پ012 چ005 ژ002 ف020 ق018 "
    "ع025 ح022 خ015 ز018 ج016 ط010 ظ004 ص013 ض007 غ006 ث005 ذ005 ئ004 ء003 آ008 أ012 إ006 ؤ001 ة018 ى008 \u200c010",
    r"(ال|ان|ها|ات|ین|ين|ری|ري|ار|ما|مش|تا)",
    "نام شهر مشتری مشتري تاریخ تاريخ مبلغ سفارش شماره کد تهران اصفهان حسن مریم مريم محمد علی علي رضا العميل الطلب "
    "رقم اسم المبلغ المدينة شکایت امتیاز خرید فروش محصول کالا احمد أحمد",
    own_script=True,
)

BY_CODE_PAGE: dict[str, tuple[Language, ...]] = {
    "windows-1252": (GERMAN, FRENCH, IBERIAN, ITALIAN, NORDIC, ICELANDIC),
    "windows-1250": (POLISH, CZECH, HUNGARIAN, ROMANIAN, SOUTH_SLAVIC, GERMAN),
    "windows-1254": (TURKISH, GERMAN, FRENCH),
    "windows-1251": (RUSSIAN,),
    "windows-1253": (GREEK,),
    "windows-1256": (PERSIAN_ARABIC, FRENCH),
    "cp850": (GERMAN, FRENCH, IBERIAN, NORDIC),
}

# letters that stand in nearly every text of commerce
CHINESE = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能"
    "好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进"
    "客户订单期号金额名称商品数量价格日姓电话地址城市省区县北京上海广州深圳杭州张王李赵刘陈杨黄周吴徐孙马朱胡林郭何高罗"
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英编状态支付完成退款投诉评分类满服务快递东西南京津重庆江苏浙江"
)
JAPANESE = frozenset(
    "日一人年大十二本中長出三時行見月後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電"
    "校語土木聞食車何南万毎白天母火右読友左休父雨顧客注文番号様商品数量価格合計税込送料住所郵便都道府県市区町村田中佐藤"
    "鈴木高橋渡辺伊山本小林加吉清松井石橋受付担当者評価満足度購入売単価額詳細在庫返品状況発完了支払方法太郎花美幸京阪愛"
)
