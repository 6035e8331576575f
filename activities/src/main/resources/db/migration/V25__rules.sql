-- Every text of rules that was ever set; the last one is in force.
create table rule_sets (
  id      bigint generated always as identity primary key,
  rules   text not null,
  -- host that it was set on, for people
  set_on  text not null,
  set_at  timestamptz not null default now()
);

-- What rules and settings made of the file when they were last asked, in one line: a skip with its
-- reason, or an encode with its target and with all that differs from the defaults. Null: never asked.
alter table videos add column decision text;

-- Of a video that is to be started: 1 (first) to 5 (last), by request and rules. Null: the request's.
alter table request_videos add column priority smallint;
