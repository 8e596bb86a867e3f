package dev.licet.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads fields that are lists of objects. */
public final class ObjectLists {
  private ObjectLists() {}

  /**
   * A list of objects that may be absent but not {@code null}.
   *
   * @param reader reads the fields of each; need not finish them
   */
  public static <T> Given<List<T>> read(
      Fields fields, String name, int maxSize, Function<Fields, @Nullable T> reader) {
    return fields.field(
        name,
        false,
        node -> {
          if (!node.isArray() || node.size() > maxSize) {
            fields.wrong(name, "must be a list of at most " + maxSize + " objects");
            return null;
          }
          List<T> objects = new ArrayList<>();
          for (int i = 0; i < node.size(); i++) {
            String place = name + "/" + i;
            if (node.get(i) instanceof ObjectNode object) {
              T value = fields.readObject(place, object, reader);
              if (value != null) {
                objects.add(value);
              }
            } else {
              fields.wrong(place, "must be an object");
            }
          }
          return objects;
        });
  }
}
