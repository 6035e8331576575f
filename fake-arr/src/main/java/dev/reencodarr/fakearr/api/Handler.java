package dev.reencodarr.fakearr.api;

import dev.reencodarr.fakearr.http.Refused;
import dev.reencodarr.fakearr.http.Reply;
import java.io.IOException;

/** Answers one kind of request. */
@FunctionalInterface
interface Handler {

  Reply answer(Asked asked) throws Refused, IOException;
}
