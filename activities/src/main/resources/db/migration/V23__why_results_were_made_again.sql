-- Of how much of a result its score is (as the setting check_result), and what the first one scored.
alter table videos add column checked_by text;
alter table videos add column first_score double precision;
