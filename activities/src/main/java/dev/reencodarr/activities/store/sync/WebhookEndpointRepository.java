package dev.reencodarr.activities.store.sync;

import dev.reencodarr.activities.store.Database;
import java.time.Duration;
import java.util.List;

/** The table {@code webhook_endpoints}. */
public final class WebhookEndpointRepository {

  /** Who has not shown up for so long is away. */
  private static final Duration FRESH = Duration.ofMinutes(5);

  private static final String SELECT =
      """
      select zone, host, url, coalesce(problem, '') as problem from webhook_endpoints
      where seen_at > now() - make_interval(secs => :fresh)
      """;

  private final Database database;

  public WebhookEndpointRepository(Database database) {
    this.database = database;
  }

  /** It is there, or would like to be. */
  public void seen(WebhookEndpoint endpoint) {
    database
        .client()
        .sql(
            """
            insert into webhook_endpoints (zone, host, url, problem)
            values (:zone, :host, :url, nullif(:problem, ''))
            on conflict (zone, host) do update
              set url = excluded.url, problem = excluded.problem, seen_at = now()
            """)
        .param("zone", endpoint.zone())
        .param("host", endpoint.host())
        .param("url", endpoint.url())
        .param("problem", endpoint.problem())
        .update();
  }

  /** Nobody listens on this machine any more. */
  public void gone(String host) {
    database
        .client()
        .sql("delete from webhook_endpoints where host = :host")
        .param("host", host)
        .update();
  }

  /** Those of a zone that listen, by host. */
  public List<WebhookEndpoint> listening(String zone) {
    return living().stream()
        .filter(it -> it.zone().equals(zone) && it.problem().isEmpty())
        .toList();
  }

  /** All that have shown up lately, those too that cannot listen. */
  public List<WebhookEndpoint> living() {
    return database
        .client()
        .sql(SELECT + " order by zone, host")
        .param("fresh", FRESH.toSeconds())
        .query((row, number) ->
            new WebhookEndpoint(
                row.getString("zone"),
                row.getString("host"),
                row.getString("url"),
                row.getString("problem")))
        .list();
  }
}
