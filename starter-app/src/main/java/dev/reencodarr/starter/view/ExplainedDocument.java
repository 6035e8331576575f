package dev.reencodarr.starter.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reencodarr.activities.store.DecisionRepository.PassedOver;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** What rules make of every video of a library, in JSON, written as it is found out. */
public final class ExplainedDocument implements AutoCloseable {

  private final JsonGenerator json;

  public ExplainedDocument(OutputStream out) throws IOException {
    json = Json.document(out);
    json.writeStartObject();
    json.writeArrayFieldStart("videos");
  }

  /** Writes a video. */
  public void add(ExplainedView video) {
    try {
      json.writeObject(video);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes what all of them come to, after the last. */
  public void end(RulesSummary summary, PassedOver others) throws IOException {
    json.writeEndArray();
    json.writeNumberField("unanalysed", others.unanalysed());
    json.writeObjectField("summary", summary.groups(others));
    json.writeEndObject();
    json.writeRaw('\n');
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
