package dev.reencodarr.activities.sync.arr;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads settings.
 *
 * @param unmonitors what the switch is called that unmonitors what has lost its file
 * @param renames what the switch of the naming is called
 */
record SettingsReader(String unmonitors, String renames) {

  private static final Pattern AV1 = Pattern.compile("(?i)\\bAV1\\b");

  /** A custom format. */
  record Format(long id, String name) {

    static Optional<Format> read(Item format) {
      return Optional.of(new Format(format.id("id"), format.text("name")))
          .filter(read -> read.id() > 0);
    }
  }

  /** A quality profile. */
  record Profile(String name, boolean upgrades, List<Item> scores) {

    static Optional<Profile> read(Item profile) {
      return Optional.of(
              new Profile(
                  profile.text("name"),
                  profile.flag("upgradeAllowed", false),
                  profile.parts("formatItems").toList()))
          .filter(read -> !read.name().isBlank());
    }
  }

  ArrSettings read(Item media, Item naming, List<Profile> profiles, List<Format> formats) {
    return new ArrSettings(
        media.text("recycleBin"),
        media.flag(unmonitors, false),
        rescan(media.text("rescanAfterRefresh")),
        media.flag("enableMediaInfo", true),
        naming.flag(renames, false),
        upgrading(profiles, formats));
  }

  /** As it is when nobody has set it, where it says what we do not know. */
  private static String rescan(String told) {
    return List.of("afterManual", "never").contains(told) ? told : "always";
  }

  private static List<String> upgrading(List<Profile> profiles, List<Format> formats) {
    Map<Long, String> names = new TreeMap<>();
    formats.forEach(format -> names.put(format.id(), format.name()));
    return profiles.stream()
        .filter(Profile::upgrades)
        .filter(profile -> profile.scores().stream().anyMatch(score -> isAboutAv1(score, names)))
        .map(Profile::name)
        .toList();
  }

  private static boolean isAboutAv1(Item score, Map<Long, String> names) {
    String name = names.getOrDefault(score.id("format"), score.text("name"));
    return score.number("score").orElse(0) != 0 && AV1.matcher(name).find();
  }
}
