package dev.reencodarr.fakearr;

import com.sun.net.httpserver.HttpExchange;
import dev.reencodarr.fakearr.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The key without which nothing is answered, and the requests read with it kept out of them. */
record Key(String value) {

  /** Reads a request; whether the key was right is all that is kept of it. */
  Request read(HttpExchange exchange, String body) {
    String raw = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    Map<String, List<String>> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), new ArrayList<>(values)));
    boolean keyed = isRight(raw, headers);
    for (String secret : List.of("x-api-key", "authorization")) {
      headers.computeIfPresent(secret, (name, values) -> List.of("***"));
    }
    return new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        Request.query(raw),
        headers,
        keyed,
        body);
  }

  /** In the order that the programs look for it: the first that is there counts. */
  private boolean isRight(String rawQuery, Map<String, List<String>> headers) {
    for (String pair : rawQuery.split("&", -1)) {
      if (pair.startsWith("apikey=")) {
        return pair.equals("apikey=" + value);
      }
    }
    List<String> header = headers.getOrDefault("x-api-key", List.of());
    return header.isEmpty()
        ? headers.getOrDefault("authorization", List.of()).contains("Bearer " + value)
        : header.contains(value);
  }
}
