"""Patterns of a duty in a sentence: who (各县市区, 市财政局), and the verb that charges or permits.

They run on masked text: the insides of brackets and quotations are opaque, so that no verb in them counts.
"""

import re

from extract.mentions.duty_words import any_of, first_characters

MASKED = re.compile(r"（[^（）]{0,200}）|“[^“”]{0,60}”|《[^《》]{0,120}》|〔[^〔〕]{0,40}〕")
FILLER = "□"

BRACKET = rf"（{FILLER}*）"
_AREA = rf"(?:{any_of('organs', 'areas')})(?:{BRACKET})?"
_AREAS = rf"(?:(?:中央|国家)、?)?{_AREA}(?:、?{_AREA}){{0,3}}"
_TIER = rf"(?:本?级|[两三四五]级)(?:{BRACKET})?"
AREA = (  # 各县市区, 省级, 市县两级, 区县; a bare 市 or 县 is only the beginning of a name
    rf"(?:兵团各{_AREAS}(?:、各{_AREAS})?|(?:全|各|其他|其余|有关|相关|所有){_AREAS}(?:{_TIER})?|{_AREAS}{_TIER}|各级|市县|区县|县区|县市区|市州|区市"
    rf"|{_AREA}(?:、{_AREA}){{1,3}}|(?:{any_of('organs', 'areas')}){BRACKET})"
)
PLACE = "[一-龥]{1,6}[市县区旗](?:[、和][一-龥]{1,6}[市县区旗]){0,12}"  # by name; the list of places decides
# A name: any nouns up to a head that can be charged with a duty.
# 全科 and 儿科 are branches, 候车室 is a room; 局处以罚款 names no 处.
HEAD = (
    rf"(?:{any_of('organs', 'public', 'bodies', 'persons')})(?<![全专学本内外儿妇产眼骨理文工医百皮]科)"
    r"(?<!(?<![公究事验作查察合案班研科处股息书挥理解务生])室)(?<!处(?=[以理置罚分于警\d一二三四五六七八九十百]))"
    r"(?<![布格结全大时僵开破]局)(?<![全内外局东西南北底]部)(?<!(?<!领导|党员)干部)(?<!网站)(?<!宅基地)(?<![督交主承举开创兴查协联代催转帮]办)"
    r"(?<![好到之何住用查惩此益坏]处)"
    rf"(?:{BRACKET})?"
)
_RELATIVE = "[^，。；]{0,14}的"  # 通过审核的企业: the words belong to the name
_NO_NOUN = (  # 评估结果报市人社局 is no name
    r"由|向|设在|主导|会同|规定(?!的)|代表(?=本|其|国家)|(?<![接收达得受])到|[报送交至给](?=[省市县区州国各当])"
    r"|(?<=[关门局委厅部])商(?![务业会标贸品])(?=[一-龥]{2,8}(?:部门|局|委|厅|机关|部))"
    rf"|(?<![对相反供适效响])应(?![急用届聘收付邀]|{_RELATIVE})|对(?![外口象台接内]|{_RELATIVE})"
    rf"|有权(?!机关|{_RELATIVE})|经(?![济信办营贸开纪费销理]|{_RELATIVE})"
    rf"|{any_of('actors', 'never_names')}(?<!特别是)(?<!尤其是)|{any_of('actors', 'no_names')}(?![人方]|{_RELATIVE})"
)
_FIRST = f"[由向设主会规代到报送交至给商应对有经{first_characters('actors', 'never_names', 'no_names')}]"
NO_NOUN = f"(?={_FIRST})(?:{_NO_NOUN})"
NOUN = rf"(?:自由|(?!{NO_NOUN})[一-龥、A-Za-z0-9]|{BRACKET}|“{FILLER}*”)"

# A predicate: adverbs, then the verb that charges (要, 负责), permits (可) or comes after an adverbial (在……时，要).
ADVERB = (
    r"(?:(?:于|在)?\d{1,4}[年月]\d{0,2}[月日]?\d{0,2}日?(?:底|末|初)?(?:前|起)?|每[年月周季][一-龥]{0,3}?"
    rf"|{any_of('actors', 'adverbs')})"
)
MODAL = (
    rf"(?:{any_of('actors', 'modals')})"
    r"(?<!要(?=[求点素件害旨义地么]))(?<!应(?=[届急用收缴付税交聘知变邀许试]))"
    r"(?<!应(?=对(?![^，。；]{2,40}(?:进行|加强|开展|给予|予以|实施|实行|作出|做好))))(?<!需(?=[求用]))(?<!无需)(?<!须(?=知))"
)
DUTY = (
    rf"(?:{any_of('actors', 'duties')}|提出(?=[^，。；的]{{0,14}}(?:方案|建议|意见|计划|名单|清单|预算)))"
    r"(?!的|[局须时了]|人(?![才口民])|制(?![定订作止发])|部(?![署分])"
    r"|区(?!域)|要(?!素)|应(?!急)|后(?![续勤])|前(?!期)|情况|工作的|期间|同志|干部|机关)"
    r"(?<!委托(?=协议|合同))"
    r"(?<!组织(?=会同|与|利用|认为|负责|应[^急用届聘对]|要[^素点]|须|可以|按|根据))"
    r"(?<!(?:支付|受理|审核|审批|核准|认定|验收|监测|承办|主管|委托|参与|实施|推荐|配合)(?=机构|单位|部门|机关|窗口))"
)
NOMINAL = (
    rf"(?:{any_of('actors', 'nominal_duties')})(?!的|[人制局部室处科组队办委厅号]|中心|情况|工作|资金|项目|服务"
    r"|机构|机关|事项|合同|协议|序号|[和及与、](?:有关|相关|其他|[一-龥、]{2,20}(?:部门|单位|机构)))"
)
NOT_PREPOSITION = (
    r"(?!以[上下及内外来后前]|在[职校岗建线册]|对[口象]|为主|从业|就[业近地读医诊]|将[军士]|按揭|与会|向[好上]|于[一]"
    r"|自[然治行主愿我查用有身费备由动觉建营])"
)
PREPOSITION = rf"(?:{NOT_PREPOSITION}(?:{any_of('actors', 'prepositions')}))"
PERMISSION = rf"(?:{any_of('actors', 'permissions')})(?!持续|能性|靠|行性)"
# 政府承担登记工作的部门应当…: the verb belongs to a relative clause in the name.
CARRIER = rf"[^，。；]{{1,30}}的(?:部门|机构|机关|单位)(?:{BRACKET})?(?:{MODAL})"
PREDICATE = (
    rf"(?:{ADVERB}){{0,4}}(?:(?P<modal>{MODAL})|(?P<duty>{DUTY})(?!{CARRIER})|(?P<permission>{PERMISSION})"
    rf"|(?P<preposition>{PREPOSITION})|(?P<nominal>{NOMINAL}))"
)
# What may stand before the subject.
LEAD_IN = re.compile(
    r"(?:[一二三四五六七八九十]是|其中|同时|此外|另外|对此|为此|原则上|必要时|今后|年内|今年|每年|届时|"
    r"(?:截?至|从|自|到|于)?\d{4}年(?:底|末|起|前|底前|\d{1,2}月(?:底|末|起|前|底前|\d{1,2}日前?)?)?|在此期间|即日起|\d{1,2}[.．、])?"
)
SUBJECT = re.compile(rf"(?P<names>{AREA}|{NOUN}{{0,60}}?(?:{HEAD}|[、和及与]{AREA})等?|{PLACE}等?)(?={PREDICATE}|$)")
DEFINED = re.compile(  # 市水务局是节水主管部门，负责…: the duty comes behind
    rf"(?P<names>{NOUN}{{1,60}}?{HEAD})(?:是|作为)[^，。；]{{2,80}}$"
)
WITH = "(?:会同|商(?![务业会标贸品])(?=[一-龥]{2,8}(?:部门|局|委|厅|机关|部))|会(?=[省市县区州各]|有关|相关|同级))"
ENTRUSTED = re.compile(
    rf"(?<![理自经缘原事可])(?<!可以)由(?!于|此|来|衷|表及)(?P<names>{AREA}|{NOUN}{{1,60}}?(?:{HEAD}|[、和及与]{AREA})|{PLACE})"
    rf"(?:等[一-龥]{{0,4}}(?:部门|单位))?"
    rf"(?={PREDICATE}|为主|{WITH}|"
    rf"(?:{ADVERB}){{0,3}}(?:{any_of('actors', 'entrusted')}|处(?=[警\d一二三四五六七八九十百]))(?!的|[人方部]))"
)
PARTNERS = re.compile(
    rf"(?:{ADVERB}|{MODAL}|负责|牵头|将){{0,4}}{WITH}(?P<names>{AREA}|{NOUN}{{1,60}}?{HEAD})"
    rf"(?=等?(?:{PREDICATE}|(?:审[核查批定]|核[实定准]|会商|协商|研究|同意|认定|评审|论证|验收)后|$))"
)
JOINED = re.compile(rf"并?会同(?P<names>{AREA}|{NOUN}{{1,60}}?{HEAD})(?=等?(?:{PREDICATE}|$))")
FROM_TO = re.compile(r"向[^，]{1,20}(?:转变|转型|拓展|延伸|转移|迈进|升级|过渡|集中|转化|转换|扩展)")  # 由…向…转变
ISSUED = re.compile(r"现(?:将|予|已)?[^，]{0,6}(?:印发|公布|发布|转发|下发)")  # told of, not demanded
DONE = re.compile(r"(?<=开展|进行|组织|召开|举办|完成|制定|起草|修订|形成|取得|下达|印发|出台)了(?!解)")  # told
NARRATED = re.compile(r"(?:[^，。]{0,20}以来|近[几些两三]?年来?|多年来)，")  # what follows has been done
QUALITY = re.compile(  # what one must be to apply: 申报单位须具备…
    r"(?:当|同时|均|都)?(?:属于|具备|具有|符合|满足|达到|纳入|一致|[与和][^，]{1,30}(?:一致|相符)"
    r"|为[^，]{0,40}(?:企业|机构|单位|法人)$)"
)
ROLE_VERB = re.compile(rf"(?:{ADVERB}){{0,3}}(?P<verb>牵头|主办|(?:配合|协助)(?=[一-龥]))")  # behind 应, 要
FOUND_BY = re.compile(  # in a list of cases; 各地执行中遇到的问题
    r"在[^，]{1,20}(?:发现|形成|产生|取得|认定|确定)的"
    r"|[^，]{0,10}(?:中|时|后|期间)[^，]{0,6}(?:遇到|出现|发现|碰到|存在|反映|产生)的"
)
SEVERAL = re.compile("[、和与及]")
APPLIES = re.compile(r"向[^，]{1,30}申[请领报]|向[^，]{1,30}提[出交]")
SHARED_OUT = re.compile(  # 由A局牵头、B局落实: the next part begins behind 、
    r"(?:牵头|负责|配合)[^、]{0,20}(?P<mark>、)(?=[一-龥（）]{2,24}?(?:牵头|负责|配合|协助|落实|实施|办理))"
)
BY_DUTY = re.compile(r"(?:要|应当?)?(?:按照?|根据|依据?)(?:各自|有关)?(?:职责|职能)")
PLEASE = re.compile(r"(?:特|恳)?请")
CONTINUED = re.compile(rf"(?:{PREDICATE})")
MODAL_FIRST = re.compile(rf"(?:{ADVERB}){{0,4}}{MODAL}")
LATER_DUTY = re.compile(rf"(?P<verb>(?!参[与加]){DUTY}|{MODAL})")
STRICT_MODAL = re.compile(r"(?P<verb>应当|必须|不得)")
NEXT_MODAL = re.compile(rf"，(?:{ADVERB}){{0,2}}(?P<verb>{MODAL})")
PERMITTED = re.compile(r"(?<![许认])可(?:以|在|按|向|由|根据|结合|适当|视|将|对|通过|采取|申请|给予|享受|参照)")
# Clauses without a subject: the organ behind is what is acted on (指导市财政局制定……, 经市政府同意).
OPENER = re.compile(  # behind the plain ones a name may begin: 编制规划的部门
    rf"(?:{any_of('actors', 'task_openers')})(?![^，]*的[^的，]{{0,16}}(?:部门|机关|机构|单位|企业)(?:{BRACKET})?$)"
    rf"|(?!{any_of('actors', 'name_starts')})(?:{any_of('actors', 'openers')})|经(?![办营济信贸开]|[^，]{{0,12}}的)"
)
# Organs of the state, which a plain verb charges (省级给予); other bodies only 要, 应, 须.
PUBLIC_START = re.compile(rf"{any_of('actors', 'public_starts')}")
PUBLIC_BODY = re.compile(
    r"(?:各级|公共|[省市县区]级|各有关|各相关)[^，]*(?:机构|单位|院校|学校)$|各[^，]{0,4}单位$|(?:[省市县区州盟旗]直|[中省市]{2}直|驻[省市县区州])[^，]{0,16}(?:部门|单位)$"
)
PUBLIC_HEAD = re.compile(rf"(?:{any_of('organs', 'public')})(?:{BRACKET})?$")
OWN_HEADS = ("部门", "部门和单位", "部门单位", "机关", "领导小组", "委员会", "专班", "指挥部")  # whatever stands before
REMARK = re.compile(r"（[^（）]*[：:0-9][^（）]*）$")  # 市人社局（联系电话：12333）
PERSON_HEAD = re.compile(rf"(?:{any_of('organs', 'persons')})$")


def mask(text: str) -> str:
    """The text, as long as before, with brackets and quotations made opaque."""
    return MASKED.sub(lambda m: f"{m[0][0]}{FILLER * (len(m[0]) - 2)}{m[0][-1]}", text)
