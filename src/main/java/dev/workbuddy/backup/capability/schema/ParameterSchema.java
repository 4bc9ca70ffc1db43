package dev.workbuddy.backup.capability.schema;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON schema of a capability's parameters. */
public final class ParameterSchema {
  private ParameterSchema() {}

  /**
   * The schema of an object with one property for each component of the record.
   *
   * @throws IllegalArgumentException where a component has a type that no parameter may have
   */
  public static ObjectNode of(Class<? extends Record> parameters) {
    List<Parameter> all = Parameter.ofDocument(parameters);
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    all.forEach(parameter -> properties.set(parameter.name(), parameter.schema()));
    List<Parameter> required = all.stream().filter(Parameter::required).toList();
    if (!required.isEmpty()) {
      ArrayNode names = schema.putArray("required");
      required.forEach(parameter -> names.add(parameter.name()));
    }
    return schema.put("additionalProperties", false);
  }
}
