package dev.reencodarr.fakearr.fault;

import dev.reencodarr.fakearr.http.Errors;
import dev.reencodarr.fakearr.http.Reply;
import java.time.Duration;

/** One way to go wrong. */
public sealed interface Fault {

  /** Answers late, but rightly. */
  record Late(Duration by) implements Fault {}

  /** Answers something else; nothing is done. */
  record Instead(Reply reply) implements Fault {}

  /** Does what was asked, and breaks the connection off amid the answer. */
  record CutShort() implements Fault {}

  /** Does what was asked, and hangs up without an answer. */
  record HangUp() implements Fault {}

  static Fault late(Duration by) {
    return new Late(by);
  }

  /** One of 400, 401, 404, 409, 500, 503 in the program's own shape; else one without a body. */
  static Fault status(int status) {
    return new Instead(
        switch (status) {
          case 400 -> Errors.invalid("SeriesId", "'Series Id' must be greater than '0'.");
          case 401 -> Errors.unauthorized();
          case 404 -> Errors.notFound();
          case 409 -> Errors.conflict("Constraint failed");
          case 500 -> Errors.broken("database is locked");
          case 503 -> Errors.starting("It");
          default -> Reply.empty(status);
        });
  }

  /** The other shape of 404. */
  static Fault notFound(String message) {
    return new Instead(Errors.notFound(message));
  }

  /** A page for people, with status 200. */
  static Fault html() {
    return new Instead(Errors.html(200));
  }

  static Fault redirect(String location) {
    return new Instead(Reply.redirect(location));
  }

  static Fault cutShort() {
    return new CutShort();
  }

  static Fault hangUp() {
    return new HangUp();
  }
}
