package dev.reencodarr.fakearr.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.fakearr.http.Errors;
import dev.reencodarr.fakearr.http.Refused;
import dev.reencodarr.fakearr.http.Reply;
import dev.reencodarr.fakearr.library.ArrKind;
import dev.reencodarr.fakearr.webhook.Notification;
import dev.reencodarr.fakearr.webhook.Webhooks;
import java.util.List;

/** Webhooks as they are set up; whatever is saved is tried first. */
final class NotificationRoutes {

  private static final List<String> BOTH =
      List.of(
          "onGrab",
          "onDownload",
          "onUpgrade",
          "onRename",
          "onHealthIssue",
          "onHealthRestored",
          "onApplicationUpdate",
          "onManualInteractionRequired");

  private static final List<String> SONARR =
      List.of(
          "onImportComplete",
          "onSeriesAdd",
          "onSeriesDelete",
          "onEpisodeFileDelete",
          "onEpisodeFileDeleteForUpgrade");

  private static final List<String> RADARR =
      List.of("onMovieAdded", "onMovieDelete", "onMovieFileDelete", "onMovieFileDeleteForUpgrade");

  private final Webhooks webhooks;
  private final ArrKind kind;

  NotificationRoutes(Webhooks webhooks, ArrKind kind) {
    this.webhooks = webhooks;
    this.kind = kind;
  }

  void addTo(Router router) {
    router.add(
        "GET",
        "notification",
        asked -> Reply.ok(Json.array(webhooks.notifications(), Notification::json)));
    router.add("GET", "notification/schema", asked -> Reply.ok(schema()));
    router.add("POST", "notification/test", this::test);
    router.add("POST", "notification", this::create);
    router.add("GET", "notification/{id}", asked -> Reply.ok(require(asked.id()).json()));
    router.add("PUT", "notification/{id}", this::update);
    router.add("DELETE", "notification/{id}", this::delete);
  }

  private Notification require(long id) throws Refused {
    return webhooks.notification(id).orElseThrow(() -> new Refused(Errors.notFound()));
  }

  private Reply create(Asked asked) throws Refused {
    return Reply.json(201, webhooks.add(proven(asked)).json());
  }

  private Reply update(Asked asked) throws Refused {
    require(asked.id());
    return Reply.json(202, webhooks.put(asked.id(), proven(asked)).json());
  }

  private Reply delete(Asked asked) {
    webhooks.remove(asked.id());
    return Reply.ok(Json.object());
  }

  private Reply test(Asked asked) throws Refused {
    proven(asked);
    return Reply.ok(Json.object());
  }

  /** What is to be saved, if it answers. */
  private ObjectNode proven(Asked asked) throws Refused {
    JsonNode body = asked.body();
    if (!(body instanceof ObjectNode json)) {
      throw new Refused(Errors.malformed("$", "body"));
    }
    if (json.path("name").asText().isEmpty()) {
      throw new Refused(Errors.invalid("Name", "'Name' must not be empty."));
    }
    if (!webhooks.test(json)) {
      throw new Refused(Errors.invalid("Url", "Unable to post to webhook: it does not answer 2xx"));
    }
    return json;
  }

  private ArrayNode schema() {
    ObjectNode json = Json.object();
    json.put("name", "");
    ArrayNode fields = json.putArray("fields");
    field(fields, "url", "Webhook URL", "url", false);
    field(fields, "method", "Method", "select", false).put("value", 1);
    field(fields, "username", "Username", "textbox", false).put("privacy", "userName");
    field(fields, "password", "Password", "password", false).put("privacy", "password");
    field(fields, "headers", "Headers", "keyValueList", true).putArray("value");
    json.put("implementationName", "Webhook");
    json.put("implementation", "Webhook");
    json.put("configContract", "WebhookSettings");
    json.put("infoLink", "https://wiki.servarr.com/" + kind.titleRoute() + "/supported#webhook");
    json.putArray("tags");
    json.putArray("presets");
    BOTH.forEach(flag -> flag(json, flag));
    (kind.isSonarr() ? SONARR : RADARR).forEach(flag -> flag(json, flag));
    json.put("includeHealthWarnings", false);
    return Json.object().arrayNode().add(other()).add(json);
  }

  private static ObjectNode other() {
    ObjectNode json = Json.object();
    json.put("name", "");
    json.putArray("fields");
    json.put("implementationName", "Email");
    json.put("implementation", "Email");
    json.put("configContract", "EmailSettings");
    json.putArray("tags");
    json.putArray("presets");
    return json;
  }

  private static void flag(ObjectNode json, String flag) {
    json.put(flag, false);
    json.put("supports" + Character.toUpperCase(flag.charAt(0)) + flag.substring(1), true);
  }

  private static ObjectNode field(
      ArrayNode fields, String name, String label, String type, boolean advanced) {
    ObjectNode field = fields.addObject();
    field.put("order", fields.size() - 1);
    field.put("name", name);
    field.put("label", label);
    field.put("type", type);
    field.put("advanced", advanced);
    field.put("privacy", "normal");
    field.put("isFloat", false);
    return field;
  }
}
