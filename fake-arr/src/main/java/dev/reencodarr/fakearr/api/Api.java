package dev.reencodarr.fakearr.api;

import dev.reencodarr.fakearr.command.CommandQueue;
import dev.reencodarr.fakearr.disk.Deleter;
import dev.reencodarr.fakearr.disk.Naming;
import dev.reencodarr.fakearr.download.Downloads;
import dev.reencodarr.fakearr.event.Events;
import dev.reencodarr.fakearr.history.History;
import dev.reencodarr.fakearr.http.Reply;
import dev.reencodarr.fakearr.http.Request;
import dev.reencodarr.fakearr.library.ArrKind;
import dev.reencodarr.fakearr.library.Library;
import dev.reencodarr.fakearr.webhook.Webhooks;

/** All routes of the API. */
public final class Api {

  private final Router router = new Router();

  public Api(
      Library library,
      String urlBase,
      CommandQueue commands,
      History history,
      Events events,
      Downloads downloads,
      Webhooks webhooks) {
    ArrKind kind = library.kind();
    new SystemRoutes(kind, urlBase).addTo(router);
    new ConfigRoutes(library).addTo(router);
    new TitleRoutes(library).addTo(router);
    new FileRoutes(library, new Deleter(library, events)).addTo(router);
    if (kind.isSonarr()) {
      new EpisodeRoutes(library).addTo(router);
    }
    new RenameRoutes(library, new Naming(library)).addTo(router);
    new CommandRoutes(commands).addTo(router);
    new HistoryRoutes(library, history, events).addTo(router);
    new QueueRoutes(downloads, kind).addTo(router);
    new NotificationRoutes(webhooks, kind).addTo(router);
  }

  /** The answer to a request, whose path has no URL base and whose key is right. */
  public Reply answer(Request request) {
    return router.answer(request);
  }
}
