-- Names outside of our reach that the original had when it was last looked at: at its replacement, and
-- when it left quarantine. As long as there are any, its blocks are not free, and nothing is saved.
alter table replacements add column other_names int not null default 0 check (other_names >= 0);
alter table videos add column other_names int not null default 0 check (other_names >= 0);

-- What a smaller picture scores beside its source as it is, where its target was measured beside the scaled one.
alter table videos add column unscaled_score double precision;
