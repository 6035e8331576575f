package dev.reencodarr.fakearr.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.fakearr.http.Reply;
import dev.reencodarr.fakearr.library.ArrKind;

/** Who answers here. */
final class SystemRoutes {

  private final ArrKind kind;
  private final String urlBase;

  SystemRoutes(ArrKind kind, String urlBase) {
    this.kind = kind;
    this.urlBase = urlBase;
  }

  void addTo(Router router) {
    router.add("GET", "system/status", asked -> Reply.ok(status()));
  }

  private ObjectNode status() {
    ObjectNode json = Json.object();
    json.put("appName", kind.appName());
    json.put("instanceName", kind.appName());
    json.put("version", kind.version());
    json.put("buildTime", "2026-06-26T10:00:00Z");
    json.put("isDebug", false);
    json.put("isProduction", true);
    json.put("isAdmin", false);
    json.put("isUserInteractive", false);
    json.put("startupPath", "/app/" + kind.titleRoute() + "/bin");
    json.put("appData", "/config");
    json.put("osName", "debian");
    json.put("osVersion", "12");
    json.put("isNetCore", true);
    json.put("isLinux", true);
    json.put("isOsx", false);
    json.put("isWindows", false);
    json.put("isDocker", true);
    json.put("mode", "console");
    json.put("branch", kind.isSonarr() ? "main" : "master");
    json.put("authentication", "forms");
    json.put("migrationVersion", 217);
    json.put("urlBase", urlBase);
    json.put("runtimeVersion", "8.0.12");
    json.put("runtimeName", ".NET");
    json.put("startTime", "2026-07-01T10:00:00Z");
    json.put("databaseType", "sqLite");
    json.put("databaseVersion", "3.46.1");
    return json;
  }
}
