package dev.reencodarr.activities.encode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.process.ToolVersions;
import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.temporal.Payloads;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What makes two encodes the same job: video, content, arguments, tools. Threads are left out, so
 * that a changed setting does not orphan what runs; but what had too little memory is another job
 * when it is to make do with half of them.
 */
final class JobKey {

  private static final ObjectMapper JSON = Payloads.mapper();
  private static final int HEX_DIGITS = 20;

  private JobKey() {}

  static String of(EncodeRequest request, ToolVersions versions) {
    List<Object> parts =
        new ArrayList<>(
            List.of(
                request.video(),
                request.identity(),
                "encode",
                AbAv1Arguments.picture(request),
                request.plan().streamArguments(),
                request.plan().prepareArguments(),
                AbAv1Arguments.output(request),
                versions));
    if (request.threadsHalved()) {
      parts.add("half the threads");
    }
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(JSON.writeValueAsBytes(parts));
      return HexFormat.of().formatHex(hash).substring(0, HEX_DIGITS);
    } catch (NoSuchAlgorithmException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
