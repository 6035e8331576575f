package dev.reencodarr.workflows.temporal;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.common.SearchAttributeKey;
import java.util.Map;

/** The search attributes of our workflows; a missing one would wedge every workflow. */
public final class SearchAttributes {

  /** State of the video, as {@code VideoState.code()}. */
  public static final SearchAttributeKey<String> VIDEO_STATE =
      SearchAttributeKey.forKeyword("VideoState");

  /** Stage at work: analysis, crf_search, encoding, post_process. */
  public static final SearchAttributeKey<String> VIDEO_STAGE =
      SearchAttributeKey.forKeyword("VideoStage");

  /** Name of the library. */
  public static final SearchAttributeKey<String> LIBRARY = SearchAttributeKey.forKeyword("Library");

  /** ffmpeg's name of the encoder. */
  public static final SearchAttributeKey<String> ENCODER = SearchAttributeKey.forKeyword("Encoder");

  /** Code of the latest failure, such as EXIT_137. */
  public static final SearchAttributeKey<String> FAILURE_CODE =
      SearchAttributeKey.forKeyword("FailureCode");

  /** Whether the latest failure that ended or parked the video is a critical one. */
  public static final SearchAttributeKey<Boolean> CRITICAL =
      SearchAttributeKey.forBoolean("CriticalFailure");

  /** Bytes that the replacement saved. */
  public static final SearchAttributeKey<Long> SAVED_BYTES =
      SearchAttributeKey.forLong("SavedBytes");

  private SearchAttributes() {}

  /** Name and type of each, for whoever creates them. */
  public static Map<String, IndexedValueType> all() {
    return Map.of(
        VIDEO_STATE.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
        VIDEO_STAGE.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
        LIBRARY.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
        ENCODER.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
        FAILURE_CODE.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
        CRITICAL.getName(), IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
        SAVED_BYTES.getName(), IndexedValueType.INDEXED_VALUE_TYPE_INT);
  }
}
