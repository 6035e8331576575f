-- When heavy work may run: windows of the week. Those of a host go before those of its zone, and
-- these before those of every machine (neither host nor zone).
create table work_windows (
  id         bigint generated always as identity primary key,
  zone       text,
  host       text,
  -- as WeekWindows reads them, such as mon-fri 22:00-07:00
  windows    text not null,
  -- whose clocks they go by, such as Europe/Berlin
  time_zone  text not null,
  -- what happens to running work when they close: stop, finish
  ending     text not null,
  -- host that they were set on, for people
  set_on     text not null,
  set_at     timestamptz not null default now(),
  check (num_nonnulls(zone, host) <= 1),
  unique nulls not distinct (zone, host)
);

-- Why no heavy work runs there at the moment, though the worker is fit; empty: it does.
alter table workers add column held text not null default '';
