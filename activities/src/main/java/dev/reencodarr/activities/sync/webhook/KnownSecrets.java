package dev.reencodarr.activities.sync.webhook;

import dev.reencodarr.activities.store.secret.SecretUnreadable;
import dev.reencodarr.activities.store.sync.WebhookSecretRepository.SecretsRead;

/** Where the connections and what their webhooks prove themselves by are read from. */
@FunctionalInterface
interface KnownSecrets {

  /**
   * All of them.
   *
   * @throws SecretUnreadable if this machine has no key to any
   * @throws RuntimeException if PostgreSQL does not answer
   */
  SecretsRead read() throws SecretUnreadable;
}
