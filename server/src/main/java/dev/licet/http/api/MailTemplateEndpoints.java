package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.mail.MailTemplate;
import dev.licet.domain.mail.MailTemplates;
import dev.licet.http.Fields;
import dev.licet.http.Fields.Shape;
import dev.licet.http.Json;
import dev.licet.http.Request;
import dev.licet.http.Response;
import dev.licet.http.Timestamps;

/** {@code /api/v1/mail-template}: what buyers are told. */
public final class MailTemplateEndpoints {
  private static final Shape<String> SUBJECT = Shape.line(MailTemplate.MAX_SUBJECT);
  private static final Shape<String> TEXT = Shape.text(1, MailTemplate.MAX_TEXT);
  private static final Shape<String> HTML = Shape.text(1, MailTemplate.MAX_HTML);

  private final MailTemplates templates;

  public MailTemplateEndpoints(MailTemplates templates) {
    this.templates = templates;
  }

  public Response get(Request request) {
    request.query().finish();
    return Response.json(200, json(templates.get(request.caller().tenant())));
  }

  public Response put(Request request) {
    request.query().finish();
    Fields fields = request.fields();
    String subject = template(fields, "subject", SUBJECT);
    String text = template(fields, "text", TEXT);
    String html = template(fields, "html", HTML);
    fields.finish();
    return Response.json(200, json(templates.put(request.caller(), subject, text, html)));
  }

  public Response reset(Request request) {
    request.query().finish();
    templates.reset(request.caller());
    return Response.noContent();
  }

  private static String template(Fields fields, String name, Shape<String> shape) {
    String template = fields.required(name, shape);
    MailTemplate.unknownName(template)
        .ifPresent(unknown ->
            fields.wrong(
                name,
                "names {{"
                    + unknown
                    + "}}; there are only "
                    + String.join(", ", MailTemplate.NAMES)));
    return template;
  }

  private static ObjectNode json(MailTemplate template) {
    return Json.object()
        .put("subject", template.subject())
        .put("text", template.text())
        .put("html", template.html())
        .put("updated_at", Timestamps.text(template.updatedAt()));
  }
}
