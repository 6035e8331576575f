-- Which tools have measured a point: for people, no part of the key. Empty for earlier points.
alter table search_points add column measured_with text not null default '';

-- Of the probes of an encode, those that an earlier run had measured.
alter table videos add column known_probes integer;
