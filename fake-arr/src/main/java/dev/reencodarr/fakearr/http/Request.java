package dev.reencodarr.fakearr.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request that came.
 *
 * @param path as asked for, URL base included
 * @param query each with its values, in the order they came
 * @param headers by lower-case name; the value of the key is left out
 * @param keyed whether the right key came with it
 * @param body text; empty for none
 */
public record Request(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    boolean keyed,
    String body) {

  /** Its first line, by which faults know it: {@code GET /api/v3/series?tvdbId=1}. */
  public String line() {
    StringBuilder line = new StringBuilder(method).append(' ').append(path);
    char joint = '?';
    for (Map.Entry<String, List<String>> entry : query.entrySet()) {
      for (String value : entry.getValue()) {
        line.append(joint).append(entry.getKey()).append('=').append(value);
        joint = '&';
      }
    }
    return line.toString();
  }

  public boolean has(String name) {
    return query.containsKey(name);
  }

  public List<String> values(String name) {
    return query.getOrDefault(name, List.of());
  }

  /** The first value of a parameter, empty if it is not there. */
  public Optional<String> value(String name) {
    return values(name).stream().findFirst();
  }

  /** The value of a header; empty if it is not there. */
  public String header(String name) {
    return String.join(", ", headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
  }

  /** The same request without the URL base. */
  public Request below(String urlBase) {
    return new Request(method, path.substring(urlBase.length()), query, headers, keyed, body);
  }

  /** The parameters of a query as it stands in an address; the key's value is left out. */
  public static Map<String, List<String>> query(String raw) {
    Map<String, List<String>> query = new TreeMap<>();
    for (String pair : raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      String shown = name.equalsIgnoreCase("apikey") ? "***" : value;
      query.computeIfAbsent(name, key -> new ArrayList<>()).add(shown);
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
