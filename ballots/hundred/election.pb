META
key;value
description;示例小区一百个小项目打分（示例）
description_en;A hundred small projects scored from 0 to 5 (illustrative)
country;中国
unit;示例市
subunit;示例小区
instance;2026
num_projects;100
num_votes;0
budget;500000
vote_type;scoring
rule;greedy
date_begin;2026-05-01
date_end;2026-05-10
ballot;scoring
max_points;5
language;zh
currency;CNY
note;示例：小区、项目、金额和住户名单均为虚构
note_en;Illustrative: the estate, the projects, the amounts and the household list are made up
PROJECTS
project_id;cost;name;name_en;description
001;6800;东门休闲长椅;East gate: benches;示例：项目和金额均为虚构
002;12500;东门路灯更新;East gate: new lights;示例：项目和金额均为虚构
003;9600;东门无障碍坡道;East gate: ramp;示例：项目和金额均为虚构
004;15800;东门监控补点;East gate: cameras;示例：项目和金额均为虚构
005;7400;东门绿化补种;East gate: planting;示例：项目和金额均为虚构
006;18900;东门分类垃圾亭;East gate: waste station;示例：项目和金额均为虚构
007;11200;东门消防器材更新;East gate: fire equipment;示例：项目和金额均为虚构
008;8300;东门快递柜;East gate: parcel lockers;示例：项目和金额均为虚构
009;3200;东门宣传栏;East gate: notice board;示例：项目和金额均为虚构
010;14600;东门雨水管疏通;East gate: rain drains;示例：项目和金额均为虚构
011;7150;西门休闲长椅;West gate: benches;示例：项目和金额均为虚构
012;12850;西门路灯更新;West gate: new lights;示例：项目和金额均为虚构
013;9950;西门无障碍坡道;West gate: ramp;示例：项目和金额均为虚构
014;16150;西门监控补点;West gate: cameras;示例：项目和金额均为虚构
015;7750;西门绿化补种;West gate: planting;示例：项目和金额均为虚构
016;19250;西门分类垃圾亭;West gate: waste station;示例：项目和金额均为虚构
017;11550;西门消防器材更新;West gate: fire equipment;示例：项目和金额均为虚构
018;8650;西门快递柜;West gate: parcel lockers;示例：项目和金额均为虚构
019;3550;西门宣传栏;West gate: notice board;示例：项目和金额均为虚构
020;14950;西门雨水管疏通;West gate: rain drains;示例：项目和金额均为虚构
021;7500;南门休闲长椅;South gate: benches;示例：项目和金额均为虚构
022;13200;南门路灯更新;South gate: new lights;示例：项目和金额均为虚构
023;10300;南门无障碍坡道;South gate: ramp;示例：项目和金额均为虚构
024;16500;南门监控补点;South gate: cameras;示例：项目和金额均为虚构
025;8100;南门绿化补种;South gate: planting;示例：项目和金额均为虚构
026;19600;南门分类垃圾亭;South gate: waste station;示例：项目和金额均为虚构
027;11900;南门消防器材更新;South gate: fire equipment;示例：项目和金额均为虚构
028;9000;南门快递柜;South gate: parcel lockers;示例：项目和金额均为虚构
029;3900;南门宣传栏;South gate: notice board;示例：项目和金额均为虚构
030;15300;南门雨水管疏通;South gate: rain drains;示例：项目和金额均为虚构
031;7850;北门休闲长椅;North gate: benches;示例：项目和金额均为虚构
032;13550;北门路灯更新;North gate: new lights;示例：项目和金额均为虚构
033;10650;北门无障碍坡道;North gate: ramp;示例：项目和金额均为虚构
034;16850;北门监控补点;North gate: cameras;示例：项目和金额均为虚构
035;8450;北门绿化补种;North gate: planting;示例：项目和金额均为虚构
036;19950;北门分类垃圾亭;North gate: waste station;示例：项目和金额均为虚构
037;12250;北门消防器材更新;North gate: fire equipment;示例：项目和金额均为虚构
038;9350;北门快递柜;North gate: parcel lockers;示例：项目和金额均为虚构
039;4250;北门宣传栏;North gate: notice board;示例：项目和金额均为虚构
040;15650;北门雨水管疏通;North gate: rain drains;示例：项目和金额均为虚构
041;8200;中心花园休闲长椅;Central garden: benches;示例：项目和金额均为虚构
042;13900;中心花园路灯更新;Central garden: new lights;示例：项目和金额均为虚构
043;11000;中心花园无障碍坡道;Central garden: ramp;示例：项目和金额均为虚构
044;17200;中心花园监控补点;Central garden: cameras;示例：项目和金额均为虚构
045;8800;中心花园绿化补种;Central garden: planting;示例：项目和金额均为虚构
046;20300;中心花园分类垃圾亭;Central garden: waste station;示例：项目和金额均为虚构
047;12600;中心花园消防器材更新;Central garden: fire equipment;示例：项目和金额均为虚构
048;9700;中心花园快递柜;Central garden: parcel lockers;示例：项目和金额均为虚构
049;4600;中心花园宣传栏;Central garden: notice board;示例：项目和金额均为虚构
050;16000;中心花园雨水管疏通;Central garden: rain drains;示例：项目和金额均为虚构
051;8550;儿童乐园休闲长椅;Playground: benches;示例：项目和金额均为虚构
052;14250;儿童乐园路灯更新;Playground: new lights;示例：项目和金额均为虚构
053;11350;儿童乐园无障碍坡道;Playground: ramp;示例：项目和金额均为虚构
054;17550;儿童乐园监控补点;Playground: cameras;示例：项目和金额均为虚构
055;9150;儿童乐园绿化补种;Playground: planting;示例：项目和金额均为虚构
056;20650;儿童乐园分类垃圾亭;Playground: waste station;示例：项目和金额均为虚构
057;12950;儿童乐园消防器材更新;Playground: fire equipment;示例：项目和金额均为虚构
058;10050;儿童乐园快递柜;Playground: parcel lockers;示例：项目和金额均为虚构
059;4950;儿童乐园宣传栏;Playground: notice board;示例：项目和金额均为虚构
060;16350;儿童乐园雨水管疏通;Playground: rain drains;示例：项目和金额均为虚构
061;8900;地下车库休闲长椅;Garage: benches;示例：项目和金额均为虚构
062;14600;地下车库路灯更新;Garage: new lights;示例：项目和金额均为虚构
063;11700;地下车库无障碍坡道;Garage: ramp;示例：项目和金额均为虚构
064;17900;地下车库监控补点;Garage: cameras;示例：项目和金额均为虚构
065;9500;地下车库绿化补种;Garage: planting;示例：项目和金额均为虚构
066;21000;地下车库分类垃圾亭;Garage: waste station;示例：项目和金额均为虚构
067;13300;地下车库消防器材更新;Garage: fire equipment;示例：项目和金额均为虚构
068;10400;地下车库快递柜;Garage: parcel lockers;示例：项目和金额均为虚构
069;5300;地下车库宣传栏;Garage: notice board;示例：项目和金额均为虚构
070;16700;地下车库雨水管疏通;Garage: rain drains;示例：项目和金额均为虚构
071;9250;临街商铺休闲长椅;Shop front: benches;示例：项目和金额均为虚构
072;14950;临街商铺路灯更新;Shop front: new lights;示例：项目和金额均为虚构
073;12050;临街商铺无障碍坡道;Shop front: ramp;示例：项目和金额均为虚构
074;18250;临街商铺监控补点;Shop front: cameras;示例：项目和金额均为虚构
075;9850;临街商铺绿化补种;Shop front: planting;示例：项目和金额均为虚构
076;21350;临街商铺分类垃圾亭;Shop front: waste station;示例：项目和金额均为虚构
077;13650;临街商铺消防器材更新;Shop front: fire equipment;示例：项目和金额均为虚构
078;10750;临街商铺快递柜;Shop front: parcel lockers;示例：项目和金额均为虚构
079;5650;临街商铺宣传栏;Shop front: notice board;示例：项目和金额均为虚构
080;17050;临街商铺雨水管疏通;Shop front: rain drains;示例：项目和金额均为虚构
081;9600;健身广场休闲长椅;Exercise square: benches;示例：项目和金额均为虚构
082;15300;健身广场路灯更新;Exercise square: new lights;示例：项目和金额均为虚构
083;12400;健身广场无障碍坡道;Exercise square: ramp;示例：项目和金额均为虚构
084;18600;健身广场监控补点;Exercise square: cameras;示例：项目和金额均为虚构
085;10200;健身广场绿化补种;Exercise square: planting;示例：项目和金额均为虚构
086;21700;健身广场分类垃圾亭;Exercise square: waste station;示例：项目和金额均为虚构
087;14000;健身广场消防器材更新;Exercise square: fire equipment;示例：项目和金额均为虚构
088;11100;健身广场快递柜;Exercise square: parcel lockers;示例：项目和金额均为虚构
089;6000;健身广场宣传栏;Exercise square: notice board;示例：项目和金额均为虚构
090;17400;健身广场雨水管疏通;Exercise square: rain drains;示例：项目和金额均为虚构
091;9950;社区活动室休闲长椅;Common room: benches;示例：项目和金额均为虚构
092;15650;社区活动室路灯更新;Common room: new lights;示例：项目和金额均为虚构
093;12750;社区活动室无障碍坡道;Common room: ramp;示例：项目和金额均为虚构
094;18950;社区活动室监控补点;Common room: cameras;示例：项目和金额均为虚构
095;10550;社区活动室绿化补种;Common room: planting;示例：项目和金额均为虚构
096;22050;社区活动室分类垃圾亭;Common room: waste station;示例：项目和金额均为虚构
097;14350;社区活动室消防器材更新;Common room: fire equipment;示例：项目和金额均为虚构
098;11450;社区活动室快递柜;Common room: parcel lockers;示例：项目和金额均为虚构
099;6350;社区活动室宣传栏;Common room: notice board;示例：项目和金额均为虚构
100;17750;社区活动室雨水管疏通;Common room: rain drains;示例：项目和金额均为虚构
VOTES
voter_id;vote;points
