package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.analysis.MediaStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of a film's picture, all of it beyond the encode given up knowingly.
 *
 * @param filters that it goes through
 * @param losses what is changed or lost, for people; empty where nothing is
 */
record FilmPlan(PictureFilters filters, List<String> losses) {

  /** Of a film that may be encoded: what it has and AV1 does not hold is given up. */
  static FilmPlan of(MediaStream.Video film) {
    PictureFilters filters = PictureFilters.none();
    List<String> losses = new ArrayList<>();
    if (film.isInterlaced()) {
      filters = filters.deinterlaced();
      losses.add("deinterlaced");
    }
    if (film.hdr() == HdrKind.DOLBY_VISION) {
      filters = filters.and(without("DOVI_RPU_BUFFER")).and(without("DOVI_METADATA"));
      losses.add(
          "Dolby Vision of profile %d is lost, its base layer is %s"
              .formatted(film.dolbyVision().profile(), film.plainRange()));
    }
    if (film.hdr() == HdrKind.HDR10_PLUS || film.dolbyVision().hdr10Plus()) {
      filters = filters.and(without("DYNAMIC_HDR_PLUS"));
      losses.add("HDR10+ metadata are lost, HDR10 is kept");
    }
    if (film.hasMoreChroma()) {
      losses.add(film.pixelFormat() + " becomes 4:2:0");
    }
    if (film.closedCaptions()) {
      losses.add("closed captions inside the pictures are lost");
    }
    return new FilmPlan(filters, List.copyOf(losses));
  }

  /** No encoder is to make anything of it, whatever version of ffmpeg there is. */
  private static String without(String sideData) {
    return "sidedata=mode=delete:type=" + sideData;
  }

  String reason() {
    return String.join("; ", losses);
  }
}
