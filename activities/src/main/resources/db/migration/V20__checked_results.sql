-- Where results are checked as a whole: the score of the result, and the CRF of a first try that fell short.
alter table videos add column checked_score double precision;
alter table videos add column corrected_from double precision;
