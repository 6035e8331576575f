-- What a connection's webhook proves itself by; null: none was made yet.
alter table connections add column webhook_secret_id bigint references secrets (id);

-- The latest event of the connection's history that was taken notice of, by the connection's clock.
alter table connections add column history_at timestamptz;
alter table connections add column history_id bigint;

-- Where workers listen for webhooks.
create table webhook_endpoints (
  zone     text not null,
  host     text not null,
  -- as Sonarr and Radarr reach it, without a slash at its end
  url      text not null,
  -- why it cannot listen; null: it does
  problem  text,
  seen_at  timestamptz not null default now(),
  primary key (zone, host)
);
