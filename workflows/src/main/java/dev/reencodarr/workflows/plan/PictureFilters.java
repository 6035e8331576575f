package dev.reencodarr.workflows.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Filters of ffmpeg that a film's picture goes through, each written as ffmpeg takes it.
 *
 * @param encoded on the way to the encoder, in this order
 * @param compared those that the source goes through before a result is compared with it: what is
 *     changed knowingly is no loss, what is given up is one
 * @param scaling that is among them
 * @param scalingCounts whether results are enlarged and compared with the source in its own size
 */
public record PictureFilters(
    List<String> encoded, List<String> compared, Optional<Scaling> scaling, boolean scalingCounts) {

  private static final String MODEL_4K = "model=version=vmaf_4k_v0.6.1";

  /** One frame of two fields: as many as there were. */
  private static final String DEINTERLACING = "bwdif=mode=send_frame";

  /** Of a picture that keeps its size. */
  public PictureFilters(List<String> encoded, List<String> compared) {
    this(encoded, compared, Optional.empty(), false);
  }

  /** The picture is encoded as it is. */
  public static PictureFilters none() {
    return new PictureFilters(List.of(), List.of());
  }

  /** Of a film of two fields a frame, which becomes one of whole pictures. */
  PictureFilters deinterlaced() {
    return and(DEINTERLACING);
  }

  /** Whether fields become whole pictures. */
  public boolean deinterlaces() {
    return encoded.contains(DEINTERLACING);
  }

  /** With one more at the end, whose work is no loss. */
  public PictureFilters and(String filter) {
    return new PictureFilters(
        with(encoded, filter), with(compared, filter), scaling, scalingCounts);
  }

  /** Made smaller at the end. */
  public PictureFilters and(Scaling smaller, Scaling.Against against) {
    String ofSource =
        switch (against) {
          case SCALED -> smaller.filter();
          case SOURCE -> smaller.filterOfComparison();
        };
    return new PictureFilters(
        with(encoded, smaller.filter()),
        with(compared, ofSource),
        Optional.of(smaller),
        against == Scaling.Against.SOURCE);
  }

  private static List<String> with(List<String> filters, String more) {
    List<String> all = new ArrayList<>(filters);
    all.add(more);
    return List.copyOf(all);
  }

  /**
   * The same, and what scaling loses counts; empty where nothing is scaled or it counts already.
   * The result is then brought to {@link #enlargedTo}.
   */
  public Optional<PictureFilters> withScalingCounted() {
    return scaling
        .filter(smaller -> !scalingCounts)
        .map(smaller ->
            new PictureFilters(
                encoded,
                with(compared.subList(0, compared.size() - 1), smaller.filterOfComparison()),
                scaling,
                true));
  }

  /**
   * The {@code --vmaf-scale} that brings a result to the size in which it is compared; empty where
   * it is compared as any other.
   */
  public Optional<String> enlargedTo() {
    return scaling.filter(smaller -> scalingCounts).map(Scaling::vmafScale);
  }

  /**
   * Whether VMAF's model for 4k has to be named, since the result's own size would not ask for it.
   */
  public boolean needsModelOf4k() {
    return scalingCounts && scaling.map(Scaling::by4k).orElse(false);
  }

  /** The arguments of ab-av1 that let probes encode and score like this. */
  public List<String> probeArguments() {
    if (encoded.isEmpty()) {
      return List.of();
    }
    List<String> arguments = new ArrayList<>(List.of("--vfilter", chain(encoded)));
    if (!compared.equals(encoded)) {
      // ab-av1 would take those of the encoder
      arguments.addAll(
          List.of("--reference-vfilter", compared.isEmpty() ? "null" : chain(compared)));
    }
    if (needsModelOf4k()) {
      arguments.addAll(List.of("--vmaf", MODEL_4K));
    }
    return List.copyOf(arguments);
  }

  /**
   * The arguments of {@code ab-av1 encode}. Its own {@code --vfilter} is one for all video streams,
   * of which ffmpeg refuses those that are copied.
   */
  public List<String> encodeArguments() {
    return encoded.isEmpty() ? List.of() : List.of("--enc", "filter:v:0=" + chain(encoded));
  }

  /** What stands in a chain of filters before the source is compared; empty, or with a comma. */
  public String beforeComparing() {
    return compared.isEmpty() ? "" : chain(compared) + ",";
  }

  private static String chain(List<String> filters) {
    return String.join(",", filters);
  }
}
