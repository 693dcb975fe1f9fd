using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Veil.Studio.Api.Errors;

namespace Veil.Studio.Api.Uploads;

/// <summary>Reads what requests bring, in pieces: nothing is held in memory but settings, which are small.</summary>
internal static class BodyReader
{
    private const int MaxBoundary = 100;
    private const int MaxHeaders = 8;
    private const int MaxHeaderBytes = 4096;
    private const int MaxJsonBytes = 1 << 18;
    private const int MaxJsonDepth = 16;
    private const int BufferBytes = 1 << 16;

    /// <summary>The media type of a request.</summary>
    /// <exception cref="ApiException">There is none, it cannot be read, or the body is packed.</exception>
    public static MediaTypeHeaderValue TypeOf(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0)
        {
            throw new ApiException(ApiErrors.UnsupportedMediaType, "Expected a body as it is, but it has a Content-Encoding.");
        }

        return MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            ? type
            : throw new ApiException(ApiErrors.UnsupportedMediaType, request.ContentType is null ? "Expected a Content-Type, but there is none." : "Expected a Content-Type, but it cannot be read.");
    }

    /// <summary>True for <c>multipart/form-data</c>.</summary>
    public static bool IsForm(MediaTypeHeaderValue type) => type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    /// <summary>Goes through the parts of a form, one after the other.</summary>
    public static async IAsyncEnumerable<FormPart> PartsAsync(HttpRequest request, MediaTypeHeaderValue type, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > MaxBoundary)
        {
            throw new ApiException(ApiErrors.BadRequest, $"Expected a boundary of 1 to {MaxBoundary} characters in the Content-Type.");
        }

        var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = MaxHeaders, HeadersLengthLimit = MaxHeaderBytes };
        while (await GuardedAsync(() => reader.ReadNextSectionAsync(cancellationToken)) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase))
            {
                throw new ApiException(ApiErrors.BadRequest, "Expected parts with 'Content-Disposition: form-data; name=…'.");
            }

            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            var file = disposition.FileNameStar.HasValue ? disposition.FileNameStar.ToString() : HeaderUtilities.RemoveQuotes(disposition.FileName).ToString();
            yield return new FormPart(name, file, new GuardedStream(section.Body));
        }
    }

    /// <summary>Reads a JSON document.</summary>
    /// <exception cref="ApiException">It is none, or too large.</exception>
    public static async Task<JsonElement> JsonAsync(Stream body, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await CopyAsync(body, buffer, MaxJsonBytes, cancellationToken);
        try
        {
            using var document = JsonDocument.Parse(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), new JsonDocumentOptions { MaxDepth = MaxJsonDepth, AllowDuplicateProperties = false });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new ApiException(ApiErrors.BadRequest, "Expected a JSON document (depth 16 at most, no property twice), but it cannot be read.");
        }
    }

    /// <summary>Copies a body.</summary>
    /// <returns>Its bytes.</returns>
    /// <exception cref="ApiException">It is longer than allowed, or ended too soon.</exception>
    public static async Task<long> CopyAsync(Stream body, Stream target, long atMost, CancellationToken cancellationToken)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var length = 0L;
            for (int read; (read = await GuardedAsync(() => body.ReadAsync(buffer, cancellationToken).AsTask())) > 0;)
            {
                length += read;
                if (length > atMost)
                {
                    throw TooLarge(atMost);
                }

                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            return length;
        }
        finally
        {
            // What was in it may show people.
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>What to throw for more than is taken.</summary>
    public static ApiException TooLarge(long atMost) => new(ApiErrors.UploadTooLarge, $"Expected at most {atMost} bytes, but received more.");

    /// <summary>Reads from a form; its ways to say that it is broken become ours.</summary>
    public static async Task<T> GuardedAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (InvalidDataException)
        {
            throw new ApiException(ApiErrors.BadRequest, "Expected a form with a few short headers for each part, but received another.");
        }
        catch (IOException error) when (error is not BadHttpRequestException && error.GetType() == typeof(IOException))
        {
            throw new ApiException(ApiErrors.TruncatedUpload, "The upload ended before it was complete.");
        }
    }
}
