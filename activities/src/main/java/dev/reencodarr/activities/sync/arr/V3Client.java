package dev.reencodarr.activities.sync.arr;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.workflows.sync.ManagedFile;
import dev.reencodarr.workflows.sync.Title;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import okhttp3.ResponseBody;
import retrofit2.Call;

/** What is the same in both. */
abstract sealed class V3Client implements ArrClient permits SonarrClient, RadarrClient {

  /** Of what is no download any more. */
  private static final Set<String> DOWNLOADED = Set.of("imported", "failed", "ignored");

  private final SharedCalls calls;
  private final SharedCalls wholeCalls;
  private final Conversation conversation;
  private final SettingsReader settings;
  private final HistoryReader history;

  V3Client(Line line, SettingsReader settings, HistoryReader history) {
    this.calls = line.ordinary().create(SharedCalls.class);
    this.wholeCalls = line.whole().create(SharedCalls.class);
    this.conversation = line.conversation();
    this.settings = settings;
    this.history = history;
  }

  final Conversation conversation() {
    return conversation;
  }

  static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }

  static void putIds(ObjectNode json, String name, Collection<Long> ids) {
    ids.forEach(json.putArray(name)::add);
  }

  @Override
  public final ArrStatus status() throws ArrFailed {
    Item status = conversation.object(calls.status());
    String appName = conversation.line(status.text("appName"));
    if (appName.isEmpty()) {
      throw conversation.notUnderstood();
    }
    return new ArrStatus(
        appName,
        conversation.line(status.text("instanceName")),
        conversation.line(status.text("version")),
        conversation.line(status.text("urlBase")));
  }

  @Override
  public final List<RootFolder> rootFolders() throws ArrFailed {
    return conversation.list(
        calls.rootFolders(),
        folder ->
            Optional.of(new RootFolder(folder.text("path"), folder.flag("accessible", false)))
                .filter(read -> TheirPath.isUsable(read.path())));
  }

  /** Titles as they come, each once, though the list may be asked for again. */
  final void titles(Call<ResponseBody> list, Consumer<Title> each) throws ArrFailed {
    Set<Long> told = new HashSet<>();
    conversation.each(
        list,
        this::title,
        title -> {
          if (told.add(title.id())) {
            each.accept(title);
          }
        });
  }

  /** A title; empty where it has no id or no place. */
  final Optional<Title> title(Item item) {
    Title title =
        new Title(
            item.id("id"),
            item.text("title"),
            item.text("path"),
            item.flag("monitored", false),
            isEnded(item),
            item.id("qualityProfileId"),
            Set.copyOf(item.ids("tags").toList()),
            files(item));
    return Optional.of(title).filter(read -> read.id() > 0 && TheirPath.isUsable(read.path()));
  }

  abstract boolean isEnded(Item title);

  /** How many it says that it has; 1 where it does not say, so that it is asked for them. */
  abstract int files(Item title);

  final Optional<Title> title(Call<ResponseBody> call, long id) throws ArrFailed {
    Optional<Item> item = conversation.objectIfThere(call);
    if (item.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        title(item.get()).filter(read -> read.id() == id).orElseThrow(() -> unusable(id)));
  }

  final Optional<ManagedFile> file(Call<ResponseBody> call, FileReader reader, long id)
      throws ArrFailed {
    Optional<Item> item = conversation.objectIfThere(call);
    if (item.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        reader.read(item.get()).filter(read -> read.id() == id).orElseThrow(() -> unusable(id)));
  }

  private static ArrFailed unusable(long id) {
    return new ArrFailed(
        ArrFailed.Kind.NOT_UNDERSTOOD, "what it says of " + id + " cannot be used");
  }

  static boolean isUnderWay(Item download) {
    return !DOWNLOADED.contains(download.text("trackedDownloadState").toLowerCase(Locale.ROOT));
  }

  final ArrCommand command(ObjectNode command) throws ArrFailed {
    return commandOf(conversation.ordered(calls.command(new JsonBody(command))));
  }

  @Override
  public final Optional<ArrCommand> command(long id) throws ArrFailed {
    Optional<Item> command = conversation.objectIfThere(calls.command(Ids.checked(id)));
    return command.isEmpty() ? Optional.empty() : Optional.of(commandOf(command.get()));
  }

  private ArrCommand commandOf(Item command) throws ArrFailed {
    long id = command.id("id");
    if (id == 0) {
      throw conversation.notUnderstood();
    }
    return new ArrCommand(
        id, state(command.text("status")), conversation.line(command.text("message")));
  }

  private static ArrCommand.State state(String status) {
    return switch (status.toLowerCase(Locale.ROOT)) {
      case "queued" -> ArrCommand.State.QUEUED;
      case "started" -> ArrCommand.State.STARTED;
      case "completed" -> ArrCommand.State.COMPLETED;
      case "failed" -> ArrCommand.State.FAILED;
      case "aborted" -> ArrCommand.State.ABORTED;
      case "cancelled" -> ArrCommand.State.CANCELLED;
      // Who waited for the end of what we do not know might do so for ever; the effect decides.
      default -> ArrCommand.State.ORPHANED;
    };
  }

  /** Where a file would lie that has an entry in this preview. */
  final Optional<String> renamedTo(Call<ResponseBody> preview, String fileId, ManagedFile file)
      throws ArrFailed {
    Optional<String> name =
        conversation.items(preview).stream()
            .filter(item -> item.id(fileId) == file.id())
            .map(item -> item.text("newPath"))
            .filter(path -> !path.isBlank())
            .findFirst();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Title title =
        title(file.title())
            .orElseThrow(() ->
                new ArrFailed(ArrFailed.Kind.NOT_THERE, "it has no title of the file any more"));
    String path = TheirPath.below(title.path(), name.get());
    if (!TheirPath.isUsable(path)) {
      throw conversation.notUnderstood();
    }
    return Optional.of(path).filter(there -> !there.equals(file.path()));
  }

  @Override
  public final Labels labels() throws ArrFailed {
    return new Labels(named(calls.tags(), "label"), named(calls.qualityProfiles(), "name"));
  }

  private Map<Long, String> named(Call<ResponseBody> list, String name) throws ArrFailed {
    Map<Long, String> names = new TreeMap<>();
    conversation
        .items(list)
        .forEach(item -> names.put(item.id("id"), conversation.line(item.text(name))));
    return names;
  }

  @Override
  public final ArrSettings settings() throws ArrFailed {
    Item media = conversation.object(calls.mediaManagement());
    Item naming = conversation.object(calls.naming());
    List<SettingsReader.Profile> profiles =
        conversation.list(calls.qualityProfiles(), SettingsReader.Profile::read);
    // Those of 2022 and before know no custom formats.
    List<SettingsReader.Format> formats =
        conversation.listIfThere(calls.customFormats(), SettingsReader.Format::read);
    return settings.read(media, naming, profiles, formats);
  }

  @Override
  public final List<HistoryEvent> historySince(Instant since) throws ArrFailed {
    // They read no more than seven digits of a second.
    String date = since.truncatedTo(ChronoUnit.SECONDS).toString();
    return events(wholeCalls.historySince(date));
  }

  /** Oldest first. */
  final List<HistoryEvent> events(Call<ResponseBody> list) throws ArrFailed {
    return conversation.list(list, history::read).stream()
        .sorted(Comparator.comparing(HistoryEvent::at).thenComparingLong(HistoryEvent::id))
        .toList();
  }

  @Override
  public final void markFailed(long grab) throws ArrFailed {
    conversation.order(calls.markFailed(Ids.checked(grab)));
  }

  /** Removes what may have gone already. */
  final void remove(Call<ResponseBody> call) throws ArrFailed {
    try {
      conversation.order(call);
    } catch (ArrFailed failed) {
      if (failed.kind() != ArrFailed.Kind.NOT_THERE) {
        throw failed;
      }
    }
  }

  @Override
  public final List<ArrNotification> notifications() throws ArrFailed {
    return conversation.list(calls.notifications(), ArrNotification::read);
  }

  @Override
  public final Optional<ArrNotification> newWebhook() throws ArrFailed {
    return conversation.list(calls.notificationSchema(), ArrNotification::read).stream()
        .filter(ArrNotification::isWebhook)
        .findFirst();
  }

  @Override
  public final void save(ArrNotification notification) throws ArrFailed {
    JsonBody body = new JsonBody(notification.json());
    conversation.order(
        notification.id() == 0
            ? calls.addNotification(body)
            : calls.changeNotification(Ids.checked(notification.id()), body));
  }

  @Override
  public final void removeNotification(long id) throws ArrFailed {
    remove(calls.removeNotification(Ids.checked(id)));
  }
}
