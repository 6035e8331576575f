package dev.reencodarr.fakearr.http;

import dev.reencodarr.fakearr.library.ArrKind;
import java.util.Optional;

/**
 * A request and what was answered.
 *
 * @param request as it came, but without the URL base
 * @param reply empty where the connection was cut instead
 * @param genuine whether the reply is the program's own, not a fault's or a proxy's
 */
public record Exchange(ArrKind kind, Request request, Optional<Reply> reply, boolean genuine) {}
