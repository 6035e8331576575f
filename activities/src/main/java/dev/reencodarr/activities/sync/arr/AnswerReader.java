package dev.reencodarr.activities.sync.arr;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.sync.arr.ArrFailed.Kind;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.function.Consumer;
import okhttp3.ResponseBody;

/** Reads JSON as it comes, of a list one item after the other: never a part taken for the whole. */
final class AnswerReader {

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(100)
                      .maxNumberLength(100)
                      .maxStringLength(1 << 20)
                      .build())
              .build());

  private final String program;
  private final Limits limits;

  AnswerReader(String program, Limits limits) {
    this.program = program;
    this.limits = limits;
  }

  @FunctionalInterface
  private interface Reading<T> {
    T of(JsonParser parser, BoundedStream stream) throws IOException, ArrFailed;
  }

  /** An answer that is one object. */
  Item object(ResponseBody body) throws IOException, ArrFailed {
    return read(
        body,
        (parser, _) -> {
          begins(parser, JsonToken.START_OBJECT);
          return new Item(JSON.<JsonNode>readTree(parser));
        });
  }

  /** An answer that is a list. */
  void list(ResponseBody body, Consumer<Item> each) throws IOException, ArrFailed {
    Boolean _ =
        read(
            body,
            (parser, stream) -> {
              begins(parser, JsonToken.START_ARRAY);
              stream.nextItem();
              while (parser.nextToken() != JsonToken.END_ARRAY) {
                each.accept(new Item(JSON.<JsonNode>readTree(parser)));
                stream.nextItem();
              }
              return true;
            });
  }

  private <T> T read(ResponseBody body, Reading<T> reading) throws IOException, ArrFailed {
    try (BoundedStream stream = new BoundedStream(body.byteStream(), limits);
        JsonParser parser = JSON.createParser(stream)) {
      return read(parser, stream, reading);
    } catch (JsonProcessingException | CharConversionException _) {
      throw notUnderstood();
    } catch (InterruptedIOException | TooLong e) {
      throw e;
    } catch (IOException _) {
      throw cut("its answer ends early");
    }
  }

  private static <T> T read(JsonParser parser, BoundedStream stream, Reading<T> reading)
      throws IOException, ArrFailed {
    try {
      return reading.of(parser, stream);
    } catch (JsonEOFException _) {
      throw cut("its answer ends early");
    } catch (JsonProcessingException e) {
      // A word that ends in its middle is for the parser just a word that it does not know.
      if (stream.isAtEnd() && !parser.getParsingContext().inRoot()) {
        throw cut("its answer ends early");
      }
      throw e;
    }
  }

  private void begins(JsonParser parser, JsonToken expected) throws IOException, ArrFailed {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw cut("it answers nothing");
    }
    if (first != expected) {
      throw notUnderstood();
    }
  }

  ArrFailed notUnderstood() {
    return new ArrFailed(
        Kind.NOT_UNDERSTOOD,
        "it does not answer like " + program + ": check the address and its URL base");
  }

  private static ArrFailed cut(String words) {
    return new ArrFailed(Kind.CUT, words);
  }
}
