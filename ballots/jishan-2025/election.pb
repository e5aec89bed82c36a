META
key;value
description;积善社区2025年城乡社区发展治理专项保障激励资金项目表决（示例）
description_en;Jishan community, 2025: a vote on the projects of the yearly community fund (illustrative)
country;中国
unit;成都市龙泉驿区
subunit;积善社区
instance;2025
num_projects;8
num_votes;0
budget;420000
vote_type;scoring
rule;majority
date_begin;2025-06-01
date_end;2025-06-08
ballot;consent
quorum;>1/2
support;>1/2 cast
language;zh
currency;CNY
note;示例：项目名称和内容据2025年9月的一篇新闻报道；金额、预算、日期、表决规则（过半数户参加，参加户过半数同意）和住户名单均为虚构，报道没有公布
note_en;"Illustrative: names and contents of the projects follow a news report of September 2025; amounts, budget, dates, the rule (over half of the households taking part, over half of those agreeing) and the household list are made up, the report gives none of them"
PROJECTS
project_id;cost;name;name_en;description;description_en
1;90000;街道级枢纽平台项目;Sub-district hub platform;街道一级的枢纽平台；报道只给出名称（示例：金额为虚构，未见公布）;"A hub at sub-district level; the report gives only its name (Illustrative: the amount is made up, none was published)"
2;80000;社区级枢纽平台项目;Community hub platform;社区一级的枢纽平台；报道只给出名称（示例：金额为虚构，未见公布）;"A hub at community level; the report gives only its name (Illustrative: the amount is made up, none was published)"
3;60000;“积爱成善·共治促和谐”微更新营造项目;Micro-renewal of public space;小区公共空间微更新：楼道美化、长椅刷新、儿童活动区安全标识，并收集居民建议（示例：金额为虚构，未见公布）;Small renewals of shared space: corridors, benches, safety signs in the children’s area, residents’ suggestions (Illustrative: the amount is made up, none was published)
4;50000;“积爱成善·自治增活力”微景观营造项目;Small landscapes;与居民自组织一起营造小区微景观（示例：金额为虚构，未见公布）;Small landscapes made together with residents’ groups (Illustrative: the amount is made up, none was published)
5;45000;“积爱成善·德治扬正气”社群培育发展项目;Groups for the elderly and children;面向老人和儿童的社群与活动（示例：金额为虚构，未见公布）;Groups and activities for the elderly and for children (Illustrative: the amount is made up, none was published)
6;40000;“积爱成善·法治强保障”社区氛围营造项目;Safety and good order;楼道杂物清理、交通与消防安全，开展主题活动（示例：金额为虚构，未见公布）;Cleared stairwells, traffic and fire safety, themed events (Illustrative: the amount is made up, none was published)
7;25000;“积爱成善·自治增活力”协商议事项目;Deliberation;议事培训与议事规则，召开协商会议（示例：金额为虚构，未见公布）;Training in deliberation, its rules, and meetings (Illustrative: the amount is made up, none was published)
8;30000;“积爱成善·共治促和谐”公益微创投项目;Micro-grants;支持居民提出的公益小项目（示例：金额为虚构，未见公布）;Grants for small projects that residents propose (Illustrative: the amount is made up, none was published)
VOTES
voter_id;vote;points
