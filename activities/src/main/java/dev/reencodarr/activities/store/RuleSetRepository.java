package dev.reencodarr.activities.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The table {@code rule_sets}. */
public final class RuleSetRepository {

  private final Database database;

  public RuleSetRepository(Database database) {
    this.database = database;
  }

  /**
   * A text of rules as it was set.
   *
   * @param id rises from one to the next
   * @param setOn host that it was set on
   */
  public record Stored(long id, String rules, String setOn, Instant setAt) {}

  /** The rules in force; empty where none were ever set. */
  public Optional<Stored> latest() {
    return database
        .client()
        .sql("select id, rules, set_on, set_at from rule_sets order by id desc limit 1")
        .query(RuleSetRepository::read)
        .optional();
  }

  /**
   * Puts rules in force.
   *
   * @param rules that {@code RulesReader} has read
   * @return their id
   */
  public long set(String rules, String host) {
    return database
        .client()
        .sql("insert into rule_sets (rules, set_on) values (:rules, :host) returning id")
        .param("rules", rules)
        .param("host", host)
        .query(Long.class)
        .single();
  }

  private static Stored read(ResultSet row, int number) throws SQLException {
    return new Stored(
        row.getLong("id"),
        row.getString("rules"),
        row.getString("set_on"),
        row.getTimestamp("set_at").toInstant());
  }
}
