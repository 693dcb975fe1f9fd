using System.Text.Json.Nodes;

namespace Veil.Studio.Api.OpenApi;

/// <summary>What requests bring.</summary>
internal static class Bodies
{
    /// <summary>One picture.</summary>
    public static JsonObject Picture()
    {
        var form = Schemas.Object(["image"], ("image", Schemas.Binary()), ("settings", Schemas.Ref("Settings")));
        return new JsonObject
        {
            ["required"] = true,
            ["description"] = "The picture as it is, or a form. Settings stand in the query or in the form, not in both.",
            ["content"] = new JsonObject
            {
                ["image/*"] = new JsonObject { ["schema"] = Schemas.Binary() },
                ["application/octet-stream"] = new JsonObject { ["schema"] = Schemas.Binary() },
                ["multipart/form-data"] = Form(form),
            },
        };
    }

    /// <summary>The files of a job, or paths.</summary>
    public static JsonObject Job() => new()
    {
        ["required"] = true,
        ["description"] = "Files as a form, or paths on the server.",
        ["content"] = new JsonObject
        {
            ["multipart/form-data"] = Form(Schemas.Object(["files"], ("files", Schemas.ArrayOf(Schemas.Binary())), ("settings", Schemas.Ref("Settings")))),
            ["application/json"] = new JsonObject
            {
                ["schema"] = Schemas.Object(["paths"], ("paths", Schemas.ArrayOf(Schemas.Text())), ("settings", Schemas.Ref("Settings"))),
                ["example"] = new JsonObject { ["paths"] = new JsonArray("/srv/photos/2026"), ["settings"] = Examples.Settings() },
            },
        },
    };

    private static JsonObject Form(JsonObject schema) => new()
    {
        ["schema"] = schema,
        ["encoding"] = new JsonObject { ["settings"] = new JsonObject { ["contentType"] = "application/json" } },
    };
}
