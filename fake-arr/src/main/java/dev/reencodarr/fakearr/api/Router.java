package dev.reencodarr.fakearr.api;

import dev.reencodarr.fakearr.http.Errors;
import dev.reencodarr.fakearr.http.Refused;
import dev.reencodarr.fakearr.http.Reply;
import dev.reencodarr.fakearr.http.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds who answers a request. */
final class Router {

  private record Route(String method, Pattern path, Handler handler) {}

  private final List<Route> routes = new ArrayList<>();

  /**
   * Adds one.
   *
   * @param path below /api/v3/; {@code {id}} in it is a number
   */
  void add(String method, String path, Handler handler) {
    String pattern = "/api/v3/" + path.replace("{id}", "(\\d{1,9})") + "/?";
    routes.add(new Route(method, Pattern.compile(pattern), handler));
  }

  Reply answer(Request request) {
    boolean known = false;
    for (Route route : routes) {
      Matcher match = route.path().matcher(request.path());
      if (match.matches()) {
        known = true;
        if (route.method().equals(request.method())) {
          long id = match.groupCount() == 0 ? 0 : Long.parseLong(match.group(1));
          return answer(route.handler(), new Asked(request, id));
        }
      }
    }
    return known ? Reply.empty(405) : Errors.notFound("NotFound");
  }

  private static Reply answer(Handler handler, Asked asked) {
    try {
      return handler.answer(asked);
    } catch (Refused refused) {
      return refused.reply();
    } catch (IOException | RuntimeException e) {
      return Errors.broken(Optional.ofNullable(e.getMessage()).orElse(e.toString()));
    }
  }
}
