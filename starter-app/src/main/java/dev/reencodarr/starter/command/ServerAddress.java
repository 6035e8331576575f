package dev.reencodarr.starter.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** The address of a server; it may hold no secret, since it is shown and stands in rows. */
final class ServerAddress {

  private ServerAddress() {}

  /**
   * The address, which ends with a slash.
   *
   * @param example of one, for people
   */
  static URI parse(String text, String example) throws CommandFailed {
    try {
      String stripped = text.strip();
      URI address = new URI(stripped.endsWith("/") ? stripped : stripped + "/").normalize();
      boolean web =
          address.getScheme() != null && Set.of("http", "https").contains(address.getScheme());
      if (!web || address.getHost() == null) {
        throw CommandFailed.usage("the address has to be like " + example);
      }
      if (address.getRawUserInfo() != null
          || address.getRawQuery() != null
          || address.getRawFragment() != null) {
        throw CommandFailed.usage(
            "the address may hold no user, password, query or fragment; the secret goes into a file");
      }
      return address;
    } catch (URISyntaxException _) {
      throw CommandFailed.usage("the address has to be like " + example);
    }
  }
}
