-- The journal of the swaps (docs/file-safety.md). Paths and checksums are in the row itself, so that
-- undo and expiry still work when the video is gone.

create table replacements (
  id                 uuid primary key,
  video_id           uuid references videos (id) on delete set null,
  -- key of the attempt: the same when the server runs it twice
  attempt            text not null unique,
  epoch              bigint not null,
  library_root       text not null,
  source_path        text not null,
  target_path        text not null,
  staged_path        text not null,
  quarantine_path    text not null unique,
  way                text not null,
  state              text not null default 'intended'
                     check (state in ('intended', 'done', 'undone', 'abandoned')),
  -- the last step that was begun, and whether it was seen to end
  step               text not null default '',
  step_done          boolean not null default true,
  -- SourceIdentity as JSON: of the analysed original, and of the result once it lay at its path
  original_identity  jsonb not null,
  original_bytes     bigint not null check (original_bytes >= 0),
  result_identity    jsonb,
  result_sha256      text not null,
  result_bytes       bigint not null check (result_bytes >= 0),
  -- SwapOutcome as JSON, where it was not a plain replacement
  outcome            jsonb,
  -- the quarantine folder holds a file that must not be dropped
  quarantined        boolean not null default false,
  warnings           jsonb not null default '[]',
  -- the latest undo, and the state it is on its way to while unfinished
  undo_attempt       text,
  undo_intent        text check (undo_intent in ('done', 'undone')),
  created_at         timestamptz not null default now(),
  updated_at         timestamptz not null default now(),
  committed_at       timestamptz,
  undone_at          timestamptz
);

create index replacements_video on replacements (video_id);
create index replacements_open on replacements (video_id) where state = 'intended';
create index replacements_quarantined on replacements (committed_at) where quarantined;

-- The fence: whoever raises a video's epoch revokes every earlier attempt.
create table replacement_fences (
  video_id  uuid primary key references videos (id) on delete cascade,
  epoch     bigint not null
);

-- An attempt that is run again keeps its epoch.
create table replacement_attempts (
  attempt   text primary key,
  video_id  uuid not null references videos (id) on delete cascade,
  epoch     bigint not null
);
