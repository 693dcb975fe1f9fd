using Microsoft.Extensions.Hosting;
using Veil.Studio.Api.Uploads;
using Veil.Studio.Api.Work;
using Veil.Studio.Jobs;

namespace Veil.Studio.Api.Operations;

/// <summary>What operations work with.</summary>
/// <param name="Options">What the server was started with.</param>
/// <param name="Pictures">Does the work on pictures.</param>
/// <param name="Folders">Where pictures of requests lie.</param>
/// <param name="Queue">The queue of jobs.</param>
/// <param name="Submission">Takes in jobs.</param>
/// <param name="Readiness">Whether the server can do its work.</param>
/// <param name="Lifetime">Tells when the server is to end.</param>
internal sealed record ApiParts(
    ApiOptions Options, PictureWork Pictures, RequestFolders Folders, JobQueue Queue, JobSubmission Submission, Readiness Readiness, IHostApplicationLifetime Lifetime);
