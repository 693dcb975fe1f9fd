using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Veil.Studio.Hosting;

/// <summary>The studio's own files: scripts, styles, icons. They lie beside the program and hold nothing of the user's.</summary>
internal static class ProgramFiles
{
    /// <summary>The folder they are served from.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    /// <summary>Serves them.</summary>
    public static void UseProgramFiles(this IApplicationBuilder app) => app.UseStaticFiles(new StaticFileOptions
    {
        FileProvider = new PhysicalFileProvider(Folder),
        ContentTypeProvider = new FileExtensionContentTypeProvider(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            [".js"] = "text/javascript", [".mjs"] = "text/javascript", [".css"] = "text/css", [".svg"] = "image/svg+xml", [".json"] = "application/json", [".png"] = "image/png",
        }),
        // Asked for again each time, answered by "not modified": an update of Veil is seen at once.
        OnPrepareResponse = static prepared => prepared.Context.Response.Headers.CacheControl = "no-cache",
    });
}
