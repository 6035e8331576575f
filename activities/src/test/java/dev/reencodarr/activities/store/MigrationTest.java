package dev.reencodarr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MigrationTest {

  @Test
  void migratingTwiceChangesNothing() {
    Database database = TestDatabase.fresh();

    database.migrate();

    assertThat(database.client().sql("select count(*) from videos").query(Long.class).single())
        .isZero();
  }
}
