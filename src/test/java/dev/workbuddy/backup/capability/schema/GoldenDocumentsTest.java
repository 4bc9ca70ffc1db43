package dev.workbuddy.backup.capability.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.workbuddy.backup.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of results against documents that commands really printed. */
class GoldenDocumentsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  private static JsonNode read(String name) throws IOException {
    return Json.parse(Files.readAllBytes(GOLDEN.resolve(name)));
  }

  /** A promise allows for more keys; a document of today must have none that it does not name. */
  private static void forbidMore(JsonNode schema) {
    if (schema instanceof ObjectNode object && object.has("properties")) {
      object.put("additionalProperties", false);
    }
    schema.values().forEach(GoldenDocumentsTest::forbidMore);
  }

  @ParameterizedTest
  @CsvSource({
    "now, data_backup",
    "list, data_backup_list",
    "show, data_backup_show",
    "verify, data_verify",
    "restore, data_restore",
    "restore-dry-run, data_restore",
    "rollback, data_rollback",
    "hold, data_hold",
    "release, data_hold",
    "prune, data_prune",
    "diff, data_diff",
    "diff-rows, data_diff",
    "migrate-status, migrate_status",
    "migrate-dry-run, migrate_run",
    "migrate-run, migrate_run",
    "migrate-new, migrate_new",
    "config-show, config_show",
    "init, config_init",
  })
  void document_fitsTheSchemaOfItsCapability(String document, String capability)
      throws IOException {
    JsonNode schema = read("capability/" + capability + ".json").get("result");
    forbidMore(schema);
    assertThat(
            SchemaRegistry.withDialect(Dialects.getDraft202012())
                .getSchema(schema)
                .validate(read("json/" + document + ".json")))
        .extracting(Error::toString)
        .isEmpty();
  }
}
