META
key;value
description;A test election
country;China
unit;Chengdu
instance;2025
num_projects;8
num_votes;3
budget;1800
vote_type;approval
rule;greedy
date_begin;2025
date_end;2025
ballot;approval
PROJECTS
project_id;cost;name
1;100;项目 1
2;200;项目 2
3;300;项目 3
4;400;项目 4
5;500;项目 5
6;600;项目 6
7;700;项目 7
8;800;项目 8
VOTES
voter_id;vote
1;1,2,6,8
2;1,4,6,7
3;1,4,5,6,7
