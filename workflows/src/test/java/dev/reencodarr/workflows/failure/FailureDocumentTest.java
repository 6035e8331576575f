package dev.reencodarr.workflows.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FailureDocumentTest {

  @Test
  void everyRowOfTheTableIsInItsDocument() throws IOException {
    String document = Files.readString(Path.of("..", "docs", "failures.md"));

    assertThat(FailureTable.evidence())
        .filteredOn(evidence -> !evidence.isBlank())
        .allSatisfy(evidence -> assertThat(document).contains("\n| " + evidence + " | "))
        .doesNotHaveDuplicates();
  }
}
