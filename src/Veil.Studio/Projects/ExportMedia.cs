using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Veil.Errors;
using Veil.Evaluation.Reports;

namespace Veil.Studio.Projects;

/// <summary>Results and reports of projects for browsers.</summary>
internal static class ExportMedia
{
    // The page is one file with scripts of its own, which its own policy names; here it is kept apart from the studio besides.
    private const string ReportPolicy = "sandbox allow-scripts allow-downloads; default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    /// <summary>Maps <c>/media/projects/{project}/results.zip</c>, <c>…/report</c> and <c>…/verification</c>.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var project = routes.MapGroup("/media/projects/{project}");
        project.MapGet("/results.zip", static (string project, IProjects projects, HttpContext context) => Zip(project, projects, context));
        project.MapGet("/report", static (string project, IProjects projects) =>
            Send(projects.Find(project) is { ExportedTo: { } folder } ? Path.Combine(folder, ExportFolder.ReportName) : null, "application/json; charset=utf-8"));
        project.MapGet("/verification", static (string project, IProjects projects, HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = ReportPolicy;
            return Send(projects.Find(project) is not null ? Path.Combine(projects.FolderOf(project, ExportReports.Part), ReportWriter.Page) : null, "text/html; charset=utf-8");
        });
    }

    /// <summary>Whether the last export left a verification report.</summary>
    public static bool HasVerification(IProjects projects, string project) => File.Exists(Path.Combine(projects.FolderOf(project, ExportReports.Part), ReportWriter.Page));

    /// <summary>Writes the zip: results that were exported and the run report, by the names of the items; never anything that merely lies in the folder.</summary>
    public static async Task WriteZipAsync(Project project, Stream target, CancellationToken cancellationToken)
    {
        var folder = project.ExportedTo ?? throw Nothing();
        var names = ExportFolder.Names(project);
        var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        await using (zip.ConfigureAwait(false))
        {
            foreach (var name in project.Items.Where(item => item.State == ItemState.Exported).Select(item => names[item.Id]).Append(ExportFolder.ReportName))
            {
                var path = Path.Combine(folder, name.Replace('/', Path.DirectorySeparatorChar));
                if (new FileInfo(path) is not { Exists: true, LinkTarget: null })
                {
                    continue;
                }

                // Pictures and films are packed already.
                var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
                var from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
                await using (from.ConfigureAwait(false))
                {
                    var to = await entry.OpenAsync(cancellationToken).ConfigureAwait(false);
                    await using (to.ConfigureAwait(false))
                    {
                        await from.CopyToAsync(to, cancellationToken).ConfigureAwait(false);
                    }
                }
            }
        }
    }

    private static IResult Zip(string id, IProjects projects, HttpContext context)
    {
        if (projects.Find(id) is not { } project || project.Stage is ProjectStage.Exporting || !project.Items.Any(item => item.State == ItemState.Exported))
        {
            return ProjectMedia.Refused(Nothing());
        }

        // What writes the end of an archive does so at once.
        if (context.Features.Get<IHttpBodyControlFeature>() is { } body)
        {
            body.AllowSynchronousIO = true;
        }

        var name = new ContentDispositionHeaderValue("attachment");
        name.SetHttpFileName(ItemNames.Safe(project.Name).Replace('/', '_') + ".zip");
        context.Response.Headers.ContentDisposition = name.ToString();
        return Results.Stream(target => WriteZipAsync(project, target, context.RequestAborted), "application/zip");
    }

    private static IResult Send(string? path, string contentType) => path is not null && File.Exists(path)
        ? Results.File(path, contentType)
        : ProjectMedia.Refused(new VeilException(VeilErrorCode.InvalidOption, "There is no such report.", "Export the results first."));

    private static VeilException Nothing() => new(VeilErrorCode.InvalidOption, "There are no results yet.", "Export them first.");
}
