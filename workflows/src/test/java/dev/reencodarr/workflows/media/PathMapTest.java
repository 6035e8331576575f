package dev.reencodarr.workflows.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.media.PathMap.Rule;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PathMapTest {

  private static PathMap map(Rule... rules) {
    return new PathMap(List.of(rules));
  }

  @Test
  void theLongestRuleCountsInBothDirections() {
    PathMap map = map(new Rule("/srv", "/data"), new Rule("/srv/tv", "/tv"));

    assertThat(map.theirs("/srv/tv/Show/a.mkv")).isEqualTo("/tv/Show/a.mkv");
    assertThat(map.ours("/tv/Show/a.mkv")).isEqualTo("/srv/tv/Show/a.mkv");
    assertThat(map.ours("/data/films/a.mkv")).isEqualTo("/srv/films/a.mkv");
  }

  @Test
  void aFolderThatOnlyBeginsAlikeIsNotMeant() {
    PathMap map = map(new Rule("/srv/tv", "/tv"));

    assertThat(map.ours("/tv2/a.mkv")).isEqualTo("/tv2/a.mkv");
    assertThat(map.theirs("/srv/tv 2/a.mkv")).isEqualTo("/srv/tv 2/a.mkv");
  }

  @Test
  void aProgramUnderWindowsIsUnderstood() {
    PathMap map = map(new Rule("/mnt/tv", "D:\\TV"));

    assertThat(map.ours("D:\\TV\\Show\\Season 1\\a.mkv")).isEqualTo("/mnt/tv/Show/Season 1/a.mkv");
    assertThat(map.theirs("/mnt/tv/Show/a.mkv")).isEqualTo("D:\\TV\\Show\\a.mkv");
  }

  @Test
  void whatIsReadOneWayIsReadBackTheOther() {
    SplittableRandom random = new SplittableRandom(7);
    List<String> names = List.of("tv", "tv 2", "Ünïcode", "a'b", "Season 1", "x.mkv");
    PathMap map = map(new Rule("/srv/tv", "/tv"), new Rule("/srv/films", "E:\\films"));
    for (int round = 0; round < 500; round++) {
      StringBuilder path = new StringBuilder(random.nextBoolean() ? "/srv/tv" : "/srv/films");
      for (int depth = random.nextInt(4); depth > 0; depth--) {
        path.append('/').append(names.get(random.nextInt(names.size())));
      }
      assertThat(map.ours(map.theirs(path.toString()))).isEqualTo(path.toString());
    }
  }
}
