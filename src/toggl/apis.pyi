# Made by scripts/stubs from the operation table: change that, and run it.

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, overload

from rollcall.client.connection import Reply
from rollcall.client.transport import Limit
from toggl.api_client import ApiClient
from toggl.models import (
    AuditLogEvent,
    BillingPricingStruct,
    GroupNamePayload,
    GroupOrganizationGroupResponse,
    GroupPayload,
    GroupsPatchInput,
    GroupsPatchOutput,
    InvitationPost,
    InvitationResult,
    MeGetQuotaResult,
    MeLostPasswordPayload,
    MePayload,
    MePostSessionHandlerRequestBody,
    MePostUser,
    ModelsGroup,
    ModelsLostPassword,
    ModelsMeOrganization,
    ModelsOrganizationOwner,
    ModelsOrganizationSegmentation,
    ModelsOrganizationWorkspaceUser,
    ModelsOrgUser,
    ModelsOrgUserDetailed,
    ModelsPaymentRecord,
    ModelsPostPayload,
    ModelsPutPayload,
    ModelsSimpleWorkspaceUser,
    ModelsSSOInvitation,
    ModelsStatistics,
    ModelsTogglUser,
    ModelsTransfer,
    ModelsUnifiedSubscriptionInvoiceList,
    ModelsUser,
    ModelsWorkspaceUser,
    OrganizationInvitation,
    OrganizationPostOrganizationReply,
    OrganizationUserPayload,
    RelatedUserWithRelated,
    Status,
    TransferPayload,
    TypesRole,
    UserAssignmentsPayload,
    UserPatchParams,
    UserPayload,
    UsersLostPasswordURL,
    WorkspacePayload,
    WorkspaceUserPayload,
    WorkspaceUsersPatchParams,
    WorkspaceWithActiveProjectCount,
    WorkspaceWorkspace,
)
from toggl.pending import Pending

__all__ = [
    "AuditLogsApi",
    "GroupsApi",
    "InvitationsApi",
    "InvoicesApi",
    "MeApi",
    "OrganizationsApi",
    "OwnershipApi",
    "RolesApi",
    "StatusApi",
    "UsersApi",
    "WorkspacesApi",
]

class Api:
    api_client: ApiClient
    def __init__(self, api_client: ApiClient | None = None) -> None: ...

class AuditLogsApi(Api):
    @overload
    def get_audit_logs(
        self,
        organization_id: int,
        from_: str,
        to: str,
        *,
        export: bool | str | None = None,
        workspace_id: int | str | None = None,
        entity_type: str | None = None,
        entity_id: int | str | None = None,
        action: str | None = None,
        user_id: int | str | None = None,
        source: str | None = None,
        page_size: int | str | None = None,
        page_number: int | str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> list[AuditLogEvent]: ...
    @overload
    def get_audit_logs(
        self,
        organization_id: int,
        from_: str,
        to: str,
        *,
        export: bool | str | None = None,
        workspace_id: int | str | None = None,
        entity_type: str | None = None,
        entity_id: int | str | None = None,
        action: str | None = None,
        user_id: int | str | None = None,
        source: str | None = None,
        page_size: int | str | None = None,
        page_number: int | str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[list[AuditLogEvent]]: ...
    @overload
    def get_audit_logs_with_http_info(
        self,
        organization_id: int,
        from_: str,
        to: str,
        *,
        export: bool | str | None = None,
        workspace_id: int | str | None = None,
        entity_type: str | None = None,
        entity_id: int | str | None = None,
        action: str | None = None,
        user_id: int | str | None = None,
        source: str | None = None,
        page_size: int | str | None = None,
        page_number: int | str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[list[AuditLogEvent]]: ...
    @overload
    def get_audit_logs_with_http_info(
        self,
        organization_id: int,
        from_: str,
        to: str,
        *,
        export: bool | str | None = None,
        workspace_id: int | str | None = None,
        entity_type: str | None = None,
        entity_id: int | str | None = None,
        action: str | None = None,
        user_id: int | str | None = None,
        source: str | None = None,
        page_size: int | str | None = None,
        page_number: int | str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[list[AuditLogEvent]]]: ...

class GroupsApi(Api):
    @overload
    def get_workspace_groups(
        self, workspace_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> list[ModelsGroup]: ...
    @overload
    def get_workspace_groups(
        self, workspace_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[list[ModelsGroup]]: ...
    @overload
    def get_workspace_groups_with_http_info(
        self, workspace_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[list[ModelsGroup]]: ...
    @overload
    def get_workspace_groups_with_http_info(
        self, workspace_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[list[ModelsGroup]]]: ...
    @overload
    def post_workspace_groups(
        self,
        workspace_id: int,
        body: GroupNamePayload | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> ModelsGroup: ...
    @overload
    def post_workspace_groups(
        self,
        workspace_id: int,
        body: GroupNamePayload | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[ModelsGroup]: ...
    @overload
    def post_workspace_groups_with_http_info(
        self,
        workspace_id: int,
        body: GroupNamePayload | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[ModelsGroup]: ...
    @overload
    def post_workspace_groups_with_http_info(
        self,
        workspace_id: int,
        body: GroupNamePayload | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[ModelsGroup]]: ...
    @overload
    def put_workspace_groups(
        self,
        workspace_id: int,
        group_id: int,
        body: GroupNamePayload | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> ModelsGroup: ...
    @overload
    def put_workspace_groups(
        self,
        workspace_id: int,
        group_id: int,
        body: GroupNamePayload | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[ModelsGroup]: ...
    @overload
    def put_workspace_groups_with_http_info(
        self,
        workspace_id: int,
        group_id: int,
        body: GroupNamePayload | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[ModelsGroup]: ...
    @overload
    def put_workspace_groups_with_http_info(
        self,
        workspace_id: int,
        group_id: int,
        body: GroupNamePayload | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[ModelsGroup]]: ...
    @overload
    def delete_workspace_groups(
        self, workspace_id: int, group_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> None: ...
    @overload
    def delete_workspace_groups(
        self, workspace_id: int, group_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[None]: ...
    @overload
    def delete_workspace_groups_with_http_info(
        self, workspace_id: int, group_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[None]: ...
    @overload
    def delete_workspace_groups_with_http_info(
        self, workspace_id: int, group_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[None]]: ...

class InvitationsApi(Api):
    @overload
    def get_organization_invitations(
        self,
        organization_id: int,
        *,
        state: str | Sequence[str] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> list[OrganizationInvitation]: ...
    @overload
    def get_organization_invitations(
        self,
        organization_id: int,
        *,
        state: str | Sequence[str] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[list[OrganizationInvitation]]: ...
    @overload
    def get_organization_invitations_with_http_info(
        self,
        organization_id: int,
        *,
        state: str | Sequence[str] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[list[OrganizationInvitation]]: ...
    @overload
    def get_organization_invitations_with_http_info(
        self,
        organization_id: int,
        *,
        state: str | Sequence[str] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[list[OrganizationInvitation]]]: ...
    def iterate_organization_invitations(
        self,
        organization_id: int,
        *,
        state: str | Sequence[str] | None = None,
        per_page: int | str | None = None,
        _request_timeout: Limit = None,
    ) -> Iterator[OrganizationInvitation]: ...
    @overload
    def put_organization_invitation_resend(
        self,
        organization_id: int,
        invitation_id: int,
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> str: ...
    @overload
    def put_organization_invitation_resend(
        self, organization_id: int, invitation_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[str]: ...
    @overload
    def put_organization_invitation_resend_with_http_info(
        self,
        organization_id: int,
        invitation_id: int,
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    @overload
    def put_organization_invitation_resend_with_http_info(
        self, organization_id: int, invitation_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[str]]: ...
    @overload
    def delete_organization_invitation(
        self,
        organization_id: int,
        invitation_id: int,
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> str: ...
    @overload
    def delete_organization_invitation(
        self, organization_id: int, invitation_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[str]: ...
    @overload
    def delete_organization_invitation_with_http_info(
        self,
        organization_id: int,
        invitation_id: int,
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    @overload
    def delete_organization_invitation_with_http_info(
        self, organization_id: int, invitation_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[str]]: ...
    @overload
    def post_organization_reject_invitation(
        self,
        inviutation_code: str | None = None,
        *,
        invitation_code: str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> str: ...
    @overload
    def post_organization_reject_invitation(
        self,
        inviutation_code: str | None = None,
        *,
        invitation_code: str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[str]: ...
    @overload
    def post_organization_reject_invitation_with_http_info(
        self,
        inviutation_code: str | None = None,
        *,
        invitation_code: str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    @overload
    def post_organization_reject_invitation_with_http_info(
        self,
        inviutation_code: str | None = None,
        *,
        invitation_code: str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[str]]: ...
    @overload
    def get_invitation(
        self, invitation_code: str, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> ModelsSSOInvitation: ...
    @overload
    def get_invitation(
        self, invitation_code: str, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[ModelsSSOInvitation]: ...
    @overload
    def get_invitation_with_http_info(
        self, invitation_code: str, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[ModelsSSOInvitation]: ...
    @overload
    def get_invitation_with_http_info(
        self, invitation_code: str, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[ModelsSSOInvitation]]: ...

class InvoicesApi(Api):
    @overload
    def get_organization_invoice_pdf(
        self,
        organization_id: int,
        invoice_uid: str,
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> bytes: ...
    @overload
    def get_organization_invoice_pdf(
        self, organization_id: int, invoice_uid: str, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[bytes]: ...
    @overload
    def get_organization_invoice_pdf_with_http_info(
        self,
        organization_id: int,
        invoice_uid: str,
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[bytes]: ...
    @overload
    def get_organization_invoice_pdf_with_http_info(
        self, organization_id: int, invoice_uid: str, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[bytes]]: ...

class MeApi(Api):
    @overload
    def post_signup(
        self, body: MePostUser | Mapping[str, Any], *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> ModelsTogglUser: ...
    @overload
    def post_signup(
        self, body: MePostUser | Mapping[str, Any], *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[ModelsTogglUser]: ...
    @overload
    def post_signup_with_http_info(
        self, body: MePostUser | Mapping[str, Any], *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[ModelsTogglUser]: ...
    @overload
    def post_signup_with_http_info(
        self, body: MePostUser | Mapping[str, Any], *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[ModelsTogglUser]]: ...
    @overload
    def get_me(
        self,
        *,
        with_related_data: bool | str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> RelatedUserWithRelated: ...
    @overload
    def get_me(
        self, *, with_related_data: bool | str | None = None, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[RelatedUserWithRelated]: ...
    @overload
    def get_me_with_http_info(
        self,
        *,
        with_related_data: bool | str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[RelatedUserWithRelated]: ...
    @overload
    def get_me_with_http_info(
        self, *, with_related_data: bool | str | None = None, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[RelatedUserWithRelated]]: ...
    @overload
    def put_me(
        self, body: MePayload | Mapping[str, Any], *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> ModelsTogglUser: ...
    @overload
    def put_me(
        self, body: MePayload | Mapping[str, Any], *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[ModelsTogglUser]: ...
    @overload
    def put_me_with_http_info(
        self, body: MePayload | Mapping[str, Any], *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[ModelsTogglUser]: ...
    @overload
    def put_me_with_http_info(
        self, body: MePayload | Mapping[str, Any], *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[ModelsTogglUser]]: ...
    @overload
    def get_me_id(self, *, async_req: Literal[False] = False, _request_timeout: Limit = None) -> int: ...
    @overload
    def get_me_id(self, *, async_req: Literal[True], _request_timeout: Limit = None) -> Pending[int]: ...
    @overload
    def get_me_id_with_http_info(
        self, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[int]: ...
    @overload
    def get_me_id_with_http_info(
        self, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[int]]: ...
    @overload
    def get_me_logged(self, *, async_req: Literal[False] = False, _request_timeout: Limit = None) -> str: ...
    @overload
    def get_me_logged(self, *, async_req: Literal[True], _request_timeout: Limit = None) -> Pending[str]: ...
    @overload
    def get_me_logged_with_http_info(
        self, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[str]: ...
    @overload
    def get_me_logged_with_http_info(
        self, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[str]]: ...
    @overload
    def post_me_reset_token(self, *, async_req: Literal[False] = False, _request_timeout: Limit = None) -> str: ...
    @overload
    def post_me_reset_token(self, *, async_req: Literal[True], _request_timeout: Limit = None) -> Pending[str]: ...
    @overload
    def post_me_reset_token_with_http_info(
        self, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[str]: ...
    @overload
    def post_me_reset_token_with_http_info(
        self, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[str]]: ...
    @overload
    def post_me_sessions(
        self,
        *,
        body: MePostSessionHandlerRequestBody | Mapping[str, Any] | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> ModelsUser: ...
    @overload
    def post_me_sessions(
        self,
        *,
        body: MePostSessionHandlerRequestBody | Mapping[str, Any] | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[ModelsUser]: ...
    @overload
    def post_me_sessions_with_http_info(
        self,
        *,
        body: MePostSessionHandlerRequestBody | Mapping[str, Any] | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[ModelsUser]: ...
    @overload
    def post_me_sessions_with_http_info(
        self,
        *,
        body: MePostSessionHandlerRequestBody | Mapping[str, Any] | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[ModelsUser]]: ...
    @overload
    def delete_me_sessions(self, *, async_req: Literal[False] = False, _request_timeout: Limit = None) -> None: ...
    @overload
    def delete_me_sessions(self, *, async_req: Literal[True], _request_timeout: Limit = None) -> Pending[None]: ...
    @overload
    def delete_me_sessions_with_http_info(
        self, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[None]: ...
    @overload
    def delete_me_sessions_with_http_info(
        self, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[None]]: ...
    @overload
    def get_me_organizations(
        self, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> list[ModelsMeOrganization]: ...
    @overload
    def get_me_organizations(
        self, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[list[ModelsMeOrganization]]: ...
    @overload
    def get_me_organizations_with_http_info(
        self, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[list[ModelsMeOrganization]]: ...
    @overload
    def get_me_organizations_with_http_info(
        self, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[list[ModelsMeOrganization]]]: ...
    @overload
    def get_me_workspaces(
        self, *, since: int | str | None = None, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> list[WorkspaceWithActiveProjectCount]: ...
    @overload
    def get_me_workspaces(
        self, *, since: int | str | None = None, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[list[WorkspaceWithActiveProjectCount]]: ...
    @overload
    def get_me_workspaces_with_http_info(
        self, *, since: int | str | None = None, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[list[WorkspaceWithActiveProjectCount]]: ...
    @overload
    def get_me_workspaces_with_http_info(
        self, *, since: int | str | None = None, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[list[WorkspaceWithActiveProjectCount]]]: ...
    @overload
    def post_me_lost_passwords(
        self,
        body: ModelsLostPassword | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> str: ...
    @overload
    def post_me_lost_passwords(
        self, body: ModelsLostPassword | Mapping[str, Any], *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[str]: ...
    @overload
    def post_me_lost_passwords_with_http_info(
        self,
        body: ModelsLostPassword | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    @overload
    def post_me_lost_passwords_with_http_info(
        self, body: ModelsLostPassword | Mapping[str, Any], *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[str]]: ...
    @overload
    def get_me_lost_passwords(
        self, token_code: str, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> str: ...
    @overload
    def get_me_lost_passwords(
        self, token_code: str, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[str]: ...
    @overload
    def get_me_lost_passwords_with_http_info(
        self, token_code: str, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[str]: ...
    @overload
    def get_me_lost_passwords_with_http_info(
        self, token_code: str, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[str]]: ...
    @overload
    def post_me_lost_passwords_confirm(
        self,
        body: MeLostPasswordPayload | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> str: ...
    @overload
    def post_me_lost_passwords_confirm(
        self,
        body: MeLostPasswordPayload | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[str]: ...
    @overload
    def post_me_lost_passwords_confirm_with_http_info(
        self,
        body: MeLostPasswordPayload | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    @overload
    def post_me_lost_passwords_confirm_with_http_info(
        self,
        body: MeLostPasswordPayload | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[str]]: ...
    @overload
    def get_me_quota(
        self, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> list[MeGetQuotaResult]: ...
    @overload
    def get_me_quota(
        self, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[list[MeGetQuotaResult]]: ...
    @overload
    def get_me_quota_with_http_info(
        self, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[list[MeGetQuotaResult]]: ...
    @overload
    def get_me_quota_with_http_info(
        self, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[list[MeGetQuotaResult]]]: ...

class OrganizationsApi(Api):
    @overload
    def post_organization(
        self,
        post_organizations_request: ModelsPostPayload | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> OrganizationPostOrganizationReply: ...
    @overload
    def post_organization(
        self,
        post_organizations_request: ModelsPostPayload | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[OrganizationPostOrganizationReply]: ...
    @overload
    def post_organization_with_http_info(
        self,
        post_organizations_request: ModelsPostPayload | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[OrganizationPostOrganizationReply]: ...
    @overload
    def post_organization_with_http_info(
        self,
        post_organizations_request: ModelsPostPayload | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[OrganizationPostOrganizationReply]]: ...
    @overload
    def get_organization(
        self, organization_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> ModelsMeOrganization: ...
    @overload
    def get_organization(
        self, organization_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[ModelsMeOrganization]: ...
    @overload
    def get_organization_with_http_info(
        self, organization_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[ModelsMeOrganization]: ...
    @overload
    def get_organization_with_http_info(
        self, organization_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[ModelsMeOrganization]]: ...
    @overload
    def put_organization(
        self,
        organization_id: int,
        put_organizations_request: ModelsPutPayload | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> str: ...
    @overload
    def put_organization(
        self,
        organization_id: int,
        put_organizations_request: ModelsPutPayload | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[str]: ...
    @overload
    def put_organization_with_http_info(
        self,
        organization_id: int,
        put_organizations_request: ModelsPutPayload | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    @overload
    def put_organization_with_http_info(
        self,
        organization_id: int,
        put_organizations_request: ModelsPutPayload | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[str]]: ...
    @overload
    def delete_organization_users_leave(
        self, organization_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> str: ...
    @overload
    def delete_organization_users_leave(
        self, organization_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[str]: ...
    @overload
    def delete_organization_users_leave_with_http_info(
        self, organization_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[str]: ...
    @overload
    def delete_organization_users_leave_with_http_info(
        self, organization_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[str]]: ...
    @overload
    def delete_organization_users(
        self, organization_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> str: ...
    @overload
    def delete_organization_users(
        self, organization_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[str]: ...
    @overload
    def delete_organization_users_with_http_info(
        self, organization_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[str]: ...
    @overload
    def delete_organization_users_with_http_info(
        self, organization_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[str]]: ...
    @overload
    def get_organization_users(
        self,
        organization_id: int,
        *,
        filter: str | None = None,
        active_status: str | Sequence[str] | None = None,
        only_admins: bool | str | None = None,
        groups: str | Sequence[str | int] | None = None,
        workspaces: str | Sequence[str | int] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        sort_dir: str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> list[ModelsOrgUser]: ...
    @overload
    def get_organization_users(
        self,
        organization_id: int,
        *,
        filter: str | None = None,
        active_status: str | Sequence[str] | None = None,
        only_admins: bool | str | None = None,
        groups: str | Sequence[str | int] | None = None,
        workspaces: str | Sequence[str | int] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        sort_dir: str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[list[ModelsOrgUser]]: ...
    @overload
    def get_organization_users_with_http_info(
        self,
        organization_id: int,
        *,
        filter: str | None = None,
        active_status: str | Sequence[str] | None = None,
        only_admins: bool | str | None = None,
        groups: str | Sequence[str | int] | None = None,
        workspaces: str | Sequence[str | int] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        sort_dir: str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[list[ModelsOrgUser]]: ...
    @overload
    def get_organization_users_with_http_info(
        self,
        organization_id: int,
        *,
        filter: str | None = None,
        active_status: str | Sequence[str] | None = None,
        only_admins: bool | str | None = None,
        groups: str | Sequence[str | int] | None = None,
        workspaces: str | Sequence[str | int] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        sort_dir: str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[list[ModelsOrgUser]]]: ...
    def iterate_organization_users(
        self,
        organization_id: int,
        *,
        filter: str | None = None,
        active_status: str | Sequence[str] | None = None,
        only_admins: bool | str | None = None,
        groups: str | Sequence[str | int] | None = None,
        workspaces: str | Sequence[str | int] | None = None,
        per_page: int | str | None = None,
        sort_dir: str | None = None,
        _request_timeout: Limit = None,
    ) -> Iterator[ModelsOrgUser]: ...
    @overload
    def get_organization_users_detailed(
        self,
        organization_id: int,
        *,
        filter: str | None = None,
        active_status: str | Sequence[str] | None = None,
        only_admins: bool | str | None = None,
        groups: str | Sequence[str | int] | None = None,
        workspaces: str | Sequence[str | int] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        sort_dir: str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> list[ModelsOrgUserDetailed]: ...
    @overload
    def get_organization_users_detailed(
        self,
        organization_id: int,
        *,
        filter: str | None = None,
        active_status: str | Sequence[str] | None = None,
        only_admins: bool | str | None = None,
        groups: str | Sequence[str | int] | None = None,
        workspaces: str | Sequence[str | int] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        sort_dir: str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[list[ModelsOrgUserDetailed]]: ...
    @overload
    def get_organization_users_detailed_with_http_info(
        self,
        organization_id: int,
        *,
        filter: str | None = None,
        active_status: str | Sequence[str] | None = None,
        only_admins: bool | str | None = None,
        groups: str | Sequence[str | int] | None = None,
        workspaces: str | Sequence[str | int] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        sort_dir: str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[list[ModelsOrgUserDetailed]]: ...
    @overload
    def get_organization_users_detailed_with_http_info(
        self,
        organization_id: int,
        *,
        filter: str | None = None,
        active_status: str | Sequence[str] | None = None,
        only_admins: bool | str | None = None,
        groups: str | Sequence[str | int] | None = None,
        workspaces: str | Sequence[str | int] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        sort_dir: str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[list[ModelsOrgUserDetailed]]]: ...
    def iterate_organization_users_detailed(
        self,
        organization_id: int,
        *,
        filter: str | None = None,
        active_status: str | Sequence[str] | None = None,
        only_admins: bool | str | None = None,
        groups: str | Sequence[str | int] | None = None,
        workspaces: str | Sequence[str | int] | None = None,
        per_page: int | str | None = None,
        sort_dir: str | None = None,
        _request_timeout: Limit = None,
    ) -> Iterator[ModelsOrgUserDetailed]: ...
    @overload
    def patch_organization_users(
        self,
        organization_id: int,
        params: UserPatchParams | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> str: ...
    @overload
    def patch_organization_users(
        self,
        organization_id: int,
        params: UserPatchParams | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[str]: ...
    @overload
    def patch_organization_users_with_http_info(
        self,
        organization_id: int,
        params: UserPatchParams | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    @overload
    def patch_organization_users_with_http_info(
        self,
        organization_id: int,
        params: UserPatchParams | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[str]]: ...
    @overload
    def put_organization_users(
        self,
        organization_id: int,
        params: OrganizationUserPayload | UserPayload | Mapping[str, Any],
        *,
        organization_user_id: int | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> str: ...
    @overload
    def put_organization_users(
        self,
        organization_id: int,
        params: OrganizationUserPayload | UserPayload | Mapping[str, Any],
        *,
        organization_user_id: int | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[str]: ...
    @overload
    def put_organization_users_with_http_info(
        self,
        organization_id: int,
        params: OrganizationUserPayload | UserPayload | Mapping[str, Any],
        *,
        organization_user_id: int | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    @overload
    def put_organization_users_with_http_info(
        self,
        organization_id: int,
        params: OrganizationUserPayload | UserPayload | Mapping[str, Any],
        *,
        organization_user_id: int | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[str]]: ...
    @overload
    def get_organization_groups(
        self,
        organization_id: int,
        *,
        name: str | None = None,
        workspace: int | str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> list[GroupOrganizationGroupResponse]: ...
    @overload
    def get_organization_groups(
        self,
        organization_id: int,
        *,
        name: str | None = None,
        workspace: int | str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[list[GroupOrganizationGroupResponse]]: ...
    @overload
    def get_organization_groups_with_http_info(
        self,
        organization_id: int,
        *,
        name: str | None = None,
        workspace: int | str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[list[GroupOrganizationGroupResponse]]: ...
    @overload
    def get_organization_groups_with_http_info(
        self,
        organization_id: int,
        *,
        name: str | None = None,
        workspace: int | str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[list[GroupOrganizationGroupResponse]]]: ...
    @overload
    def post_organization_group(
        self,
        organization_id: int,
        post_group_request: GroupPayload | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> GroupOrganizationGroupResponse: ...
    @overload
    def post_organization_group(
        self,
        organization_id: int,
        post_group_request: GroupPayload | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[GroupOrganizationGroupResponse]: ...
    @overload
    def post_organization_group_with_http_info(
        self,
        organization_id: int,
        post_group_request: GroupPayload | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[GroupOrganizationGroupResponse]: ...
    @overload
    def post_organization_group_with_http_info(
        self,
        organization_id: int,
        post_group_request: GroupPayload | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[GroupOrganizationGroupResponse]]: ...
    @overload
    def put_organization_group(
        self,
        organization_id: int,
        put_group_request: GroupPayload | Mapping[str, Any],
        *,
        group_id: int | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> GroupOrganizationGroupResponse: ...
    @overload
    def put_organization_group(
        self,
        organization_id: int,
        put_group_request: GroupPayload | Mapping[str, Any],
        *,
        group_id: int | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[GroupOrganizationGroupResponse]: ...
    @overload
    def put_organization_group_with_http_info(
        self,
        organization_id: int,
        put_group_request: GroupPayload | Mapping[str, Any],
        *,
        group_id: int | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[GroupOrganizationGroupResponse]: ...
    @overload
    def put_organization_group_with_http_info(
        self,
        organization_id: int,
        put_group_request: GroupPayload | Mapping[str, Any],
        *,
        group_id: int | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[GroupOrganizationGroupResponse]]: ...
    @overload
    def patch_organization_group(
        self,
        organization_id: int,
        group_id: int,
        patch_group_request: list[GroupsPatchInput] | Sequence[Mapping[str, Any]],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> GroupsPatchOutput: ...
    @overload
    def patch_organization_group(
        self,
        organization_id: int,
        group_id: int,
        patch_group_request: list[GroupsPatchInput] | Sequence[Mapping[str, Any]],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[GroupsPatchOutput]: ...
    @overload
    def patch_organization_group_with_http_info(
        self,
        organization_id: int,
        group_id: int,
        patch_group_request: list[GroupsPatchInput] | Sequence[Mapping[str, Any]],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[GroupsPatchOutput]: ...
    @overload
    def patch_organization_group_with_http_info(
        self,
        organization_id: int,
        group_id: int,
        patch_group_request: list[GroupsPatchInput] | Sequence[Mapping[str, Any]],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[GroupsPatchOutput]]: ...
    @overload
    def delete_organization_group(
        self, organization_id: int, group_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> str: ...
    @overload
    def delete_organization_group(
        self, organization_id: int, group_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[str]: ...
    @overload
    def delete_organization_group_with_http_info(
        self, organization_id: int, group_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[str]: ...
    @overload
    def delete_organization_group_with_http_info(
        self, organization_id: int, group_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[str]]: ...
    @overload
    def get_organization_workspaces_groups(
        self,
        organization_id: int,
        workspace_id: int,
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> list[GroupOrganizationGroupResponse]: ...
    @overload
    def get_organization_workspaces_groups(
        self, organization_id: int, workspace_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[list[GroupOrganizationGroupResponse]]: ...
    @overload
    def get_organization_workspaces_groups_with_http_info(
        self,
        organization_id: int,
        workspace_id: int,
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[list[GroupOrganizationGroupResponse]]: ...
    @overload
    def get_organization_workspaces_groups_with_http_info(
        self, organization_id: int, workspace_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[list[GroupOrganizationGroupResponse]]]: ...
    @overload
    def post_organization_workspaces(
        self,
        organization_id: int,
        post: WorkspacePayload | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> WorkspaceWorkspace: ...
    @overload
    def post_organization_workspaces(
        self,
        organization_id: int,
        post: WorkspacePayload | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[WorkspaceWorkspace]: ...
    @overload
    def post_organization_workspaces_with_http_info(
        self,
        organization_id: int,
        post: WorkspacePayload | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[WorkspaceWorkspace]: ...
    @overload
    def post_organization_workspaces_with_http_info(
        self,
        organization_id: int,
        post: WorkspacePayload | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[WorkspaceWorkspace]]: ...
    @overload
    def put_organization_workspaces_assignments(
        self,
        organization_id: int,
        workspace_id: int,
        post: UserAssignmentsPayload | list[UserAssignmentsPayload] | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> str: ...
    @overload
    def put_organization_workspaces_assignments(
        self,
        organization_id: int,
        workspace_id: int,
        post: UserAssignmentsPayload | list[UserAssignmentsPayload] | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[str]: ...
    @overload
    def put_organization_workspaces_assignments_with_http_info(
        self,
        organization_id: int,
        workspace_id: int,
        post: UserAssignmentsPayload | list[UserAssignmentsPayload] | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    @overload
    def put_organization_workspaces_assignments_with_http_info(
        self,
        organization_id: int,
        workspace_id: int,
        post: UserAssignmentsPayload | list[UserAssignmentsPayload] | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[str]]: ...
    @overload
    def get_organization_workspaces_statistics(
        self, *, organization_id: int | None = None, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> dict[str, ModelsStatistics]: ...
    @overload
    def get_organization_workspaces_statistics(
        self, *, organization_id: int | None = None, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[dict[str, ModelsStatistics]]: ...
    @overload
    def get_organization_workspaces_statistics_with_http_info(
        self, *, organization_id: int | None = None, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[dict[str, ModelsStatistics]]: ...
    @overload
    def get_organization_workspaces_statistics_with_http_info(
        self, *, organization_id: int | None = None, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[dict[str, ModelsStatistics]]]: ...
    @overload
    def post_organization_invitation(
        self,
        organization_id: int,
        post_invitation_request: InvitationPost | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> InvitationResult: ...
    @overload
    def post_organization_invitation(
        self,
        organization_id: int,
        post_invitation_request: InvitationPost | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[InvitationResult]: ...
    @overload
    def post_organization_invitation_with_http_info(
        self,
        organization_id: int,
        post_invitation_request: InvitationPost | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[InvitationResult]: ...
    @overload
    def post_organization_invitation_with_http_info(
        self,
        organization_id: int,
        post_invitation_request: InvitationPost | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[InvitationResult]]: ...
    @overload
    def post_organization_accept_invitation(
        self,
        inviutation_code: str | None = None,
        *,
        invitation_code: str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> str: ...
    @overload
    def post_organization_accept_invitation(
        self,
        inviutation_code: str | None = None,
        *,
        invitation_code: str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[str]: ...
    @overload
    def post_organization_accept_invitation_with_http_info(
        self,
        inviutation_code: str | None = None,
        *,
        invitation_code: str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    @overload
    def post_organization_accept_invitation_with_http_info(
        self,
        inviutation_code: str | None = None,
        *,
        invitation_code: str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[str]]: ...
    @overload
    def get_organization_owner(
        self, organization_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> ModelsOrganizationOwner: ...
    @overload
    def get_organization_owner(
        self, organization_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[ModelsOrganizationOwner]: ...
    @overload
    def get_organization_owner_with_http_info(
        self, organization_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[ModelsOrganizationOwner]: ...
    @overload
    def get_organization_owner_with_http_info(
        self, organization_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[ModelsOrganizationOwner]]: ...
    @overload
    def get_organizations_plans(
        self, organization_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> BillingPricingStruct: ...
    @overload
    def get_organizations_plans(
        self, organization_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[BillingPricingStruct]: ...
    @overload
    def get_organizations_plans_with_http_info(
        self, organization_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[BillingPricingStruct]: ...
    @overload
    def get_organizations_plans_with_http_info(
        self, organization_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[BillingPricingStruct]]: ...
    @overload
    def get_organizations_plans_0(
        self, organization_id: int, plan_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> BillingPricingStruct: ...
    @overload
    def get_organizations_plans_0(
        self, organization_id: int, plan_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[BillingPricingStruct]: ...
    @overload
    def get_organizations_plans_0_with_http_info(
        self, organization_id: int, plan_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[BillingPricingStruct]: ...
    @overload
    def get_organizations_plans_0_with_http_info(
        self, organization_id: int, plan_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[BillingPricingStruct]]: ...
    @overload
    def get_organizations_payments_records(
        self,
        organization_id: int,
        *,
        is_unified: bool | str | None = None,
        next: str | None = None,
        prev: str | None = None,
        cursor: str | None = None,
        last_inv: str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> list[ModelsPaymentRecord] | list[ModelsUnifiedSubscriptionInvoiceList]: ...
    @overload
    def get_organizations_payments_records(
        self,
        organization_id: int,
        *,
        is_unified: bool | str | None = None,
        next: str | None = None,
        prev: str | None = None,
        cursor: str | None = None,
        last_inv: str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[list[ModelsPaymentRecord] | list[ModelsUnifiedSubscriptionInvoiceList]]: ...
    @overload
    def get_organizations_payments_records_with_http_info(
        self,
        organization_id: int,
        *,
        is_unified: bool | str | None = None,
        next: str | None = None,
        prev: str | None = None,
        cursor: str | None = None,
        last_inv: str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[list[ModelsPaymentRecord] | list[ModelsUnifiedSubscriptionInvoiceList]]: ...
    @overload
    def get_organizations_payments_records_with_http_info(
        self,
        organization_id: int,
        *,
        is_unified: bool | str | None = None,
        next: str | None = None,
        prev: str | None = None,
        cursor: str | None = None,
        last_inv: str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[list[ModelsPaymentRecord] | list[ModelsUnifiedSubscriptionInvoiceList]]]: ...
    @overload
    def get_organization_segmentation(
        self, organization_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> ModelsOrganizationSegmentation: ...
    @overload
    def get_organization_segmentation(
        self, organization_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[ModelsOrganizationSegmentation]: ...
    @overload
    def get_organization_segmentation_with_http_info(
        self, organization_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[ModelsOrganizationSegmentation]: ...
    @overload
    def get_organization_segmentation_with_http_info(
        self, organization_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[ModelsOrganizationSegmentation]]: ...
    @overload
    def put_organization_segmentation(
        self,
        organization_id: int,
        *,
        body: ModelsOrganizationSegmentation | Mapping[str, Any] | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> ModelsOrganizationSegmentation: ...
    @overload
    def put_organization_segmentation(
        self,
        organization_id: int,
        *,
        body: ModelsOrganizationSegmentation | Mapping[str, Any] | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[ModelsOrganizationSegmentation]: ...
    @overload
    def put_organization_segmentation_with_http_info(
        self,
        organization_id: int,
        *,
        body: ModelsOrganizationSegmentation | Mapping[str, Any] | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[ModelsOrganizationSegmentation]: ...
    @overload
    def put_organization_segmentation_with_http_info(
        self,
        organization_id: int,
        *,
        body: ModelsOrganizationSegmentation | Mapping[str, Any] | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[ModelsOrganizationSegmentation]]: ...

class OwnershipApi(Api):
    @overload
    def get_organization_owner_transfers(
        self,
        organization_id: int,
        *,
        ongoing: bool | str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> list[ModelsTransfer]: ...
    @overload
    def get_organization_owner_transfers(
        self,
        organization_id: int,
        *,
        ongoing: bool | str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[list[ModelsTransfer]]: ...
    @overload
    def get_organization_owner_transfers_with_http_info(
        self,
        organization_id: int,
        *,
        ongoing: bool | str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[list[ModelsTransfer]]: ...
    @overload
    def get_organization_owner_transfers_with_http_info(
        self,
        organization_id: int,
        *,
        ongoing: bool | str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[list[ModelsTransfer]]]: ...
    @overload
    def post_organization_owner_transfer(
        self,
        organization_id: int,
        *,
        body: TransferPayload | Mapping[str, Any] | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> ModelsTransfer: ...
    @overload
    def post_organization_owner_transfer(
        self,
        organization_id: int,
        *,
        body: TransferPayload | Mapping[str, Any] | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[ModelsTransfer]: ...
    @overload
    def post_organization_owner_transfer_with_http_info(
        self,
        organization_id: int,
        *,
        body: TransferPayload | Mapping[str, Any] | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[ModelsTransfer]: ...
    @overload
    def post_organization_owner_transfer_with_http_info(
        self,
        organization_id: int,
        *,
        body: TransferPayload | Mapping[str, Any] | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[ModelsTransfer]]: ...
    @overload
    def get_organization_owner_transfer(
        self,
        organization_id: int,
        transfer_id: int,
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> ModelsTransfer: ...
    @overload
    def get_organization_owner_transfer(
        self, organization_id: int, transfer_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[ModelsTransfer]: ...
    @overload
    def get_organization_owner_transfer_with_http_info(
        self,
        organization_id: int,
        transfer_id: int,
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[ModelsTransfer]: ...
    @overload
    def get_organization_owner_transfer_with_http_info(
        self, organization_id: int, transfer_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[ModelsTransfer]]: ...
    @overload
    def post_organization_owner_transfer_action(
        self,
        organization_id: int,
        transfer_id: int,
        action: str,
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> ModelsTransfer: ...
    @overload
    def post_organization_owner_transfer_action(
        self,
        organization_id: int,
        transfer_id: int,
        action: str,
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[ModelsTransfer]: ...
    @overload
    def post_organization_owner_transfer_action_with_http_info(
        self,
        organization_id: int,
        transfer_id: int,
        action: str,
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[ModelsTransfer]: ...
    @overload
    def post_organization_owner_transfer_action_with_http_info(
        self,
        organization_id: int,
        transfer_id: int,
        action: str,
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[ModelsTransfer]]: ...

class RolesApi(Api):
    @overload
    def get_organization_roles(
        self, organization_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> list[TypesRole]: ...
    @overload
    def get_organization_roles(
        self, organization_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[list[TypesRole]]: ...
    @overload
    def get_organization_roles_with_http_info(
        self, organization_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[list[TypesRole]]: ...
    @overload
    def get_organization_roles_with_http_info(
        self, organization_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[list[TypesRole]]]: ...

class StatusApi(Api):
    @overload
    def get_status(self, *, async_req: Literal[False] = False, _request_timeout: Limit = None) -> Status: ...
    @overload
    def get_status(self, *, async_req: Literal[True], _request_timeout: Limit = None) -> Pending[Status]: ...
    @overload
    def get_status_with_http_info(
        self, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[Status]: ...
    @overload
    def get_status_with_http_info(
        self, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[Status]]: ...

class UsersApi(Api):
    @overload
    def post_workspace_users_lost_password(
        self, workspace_id: int, user_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> UsersLostPasswordURL: ...
    @overload
    def post_workspace_users_lost_password(
        self, workspace_id: int, user_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[UsersLostPasswordURL]: ...
    @overload
    def post_workspace_users_lost_password_with_http_info(
        self, workspace_id: int, user_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[UsersLostPasswordURL]: ...
    @overload
    def post_workspace_users_lost_password_with_http_info(
        self, workspace_id: int, user_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[UsersLostPasswordURL]]: ...
    @overload
    def delete_organization_users_leave(
        self, organization_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> str: ...
    @overload
    def delete_organization_users_leave(
        self, organization_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[str]: ...
    @overload
    def delete_organization_users_leave_with_http_info(
        self, organization_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[str]: ...
    @overload
    def delete_organization_users_leave_with_http_info(
        self, organization_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[str]]: ...
    @overload
    def get_organization_users(
        self,
        organization_id: int,
        *,
        filter: str | None = None,
        active_status: str | Sequence[str] | None = None,
        only_admins: bool | str | None = None,
        groups: str | Sequence[str | int] | None = None,
        workspaces: str | Sequence[str | int] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        sort_dir: str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> list[ModelsOrgUser]: ...
    @overload
    def get_organization_users(
        self,
        organization_id: int,
        *,
        filter: str | None = None,
        active_status: str | Sequence[str] | None = None,
        only_admins: bool | str | None = None,
        groups: str | Sequence[str | int] | None = None,
        workspaces: str | Sequence[str | int] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        sort_dir: str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[list[ModelsOrgUser]]: ...
    @overload
    def get_organization_users_with_http_info(
        self,
        organization_id: int,
        *,
        filter: str | None = None,
        active_status: str | Sequence[str] | None = None,
        only_admins: bool | str | None = None,
        groups: str | Sequence[str | int] | None = None,
        workspaces: str | Sequence[str | int] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        sort_dir: str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[list[ModelsOrgUser]]: ...
    @overload
    def get_organization_users_with_http_info(
        self,
        organization_id: int,
        *,
        filter: str | None = None,
        active_status: str | Sequence[str] | None = None,
        only_admins: bool | str | None = None,
        groups: str | Sequence[str | int] | None = None,
        workspaces: str | Sequence[str | int] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        sort_dir: str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[list[ModelsOrgUser]]]: ...
    def iterate_organization_users(
        self,
        organization_id: int,
        *,
        filter: str | None = None,
        active_status: str | Sequence[str] | None = None,
        only_admins: bool | str | None = None,
        groups: str | Sequence[str | int] | None = None,
        workspaces: str | Sequence[str | int] | None = None,
        per_page: int | str | None = None,
        sort_dir: str | None = None,
        _request_timeout: Limit = None,
    ) -> Iterator[ModelsOrgUser]: ...
    @overload
    def get_organization_users_detailed(
        self,
        organization_id: int,
        *,
        filter: str | None = None,
        active_status: str | Sequence[str] | None = None,
        only_admins: bool | str | None = None,
        groups: str | Sequence[str | int] | None = None,
        workspaces: str | Sequence[str | int] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        sort_dir: str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> list[ModelsOrgUserDetailed]: ...
    @overload
    def get_organization_users_detailed(
        self,
        organization_id: int,
        *,
        filter: str | None = None,
        active_status: str | Sequence[str] | None = None,
        only_admins: bool | str | None = None,
        groups: str | Sequence[str | int] | None = None,
        workspaces: str | Sequence[str | int] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        sort_dir: str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[list[ModelsOrgUserDetailed]]: ...
    @overload
    def get_organization_users_detailed_with_http_info(
        self,
        organization_id: int,
        *,
        filter: str | None = None,
        active_status: str | Sequence[str] | None = None,
        only_admins: bool | str | None = None,
        groups: str | Sequence[str | int] | None = None,
        workspaces: str | Sequence[str | int] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        sort_dir: str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[list[ModelsOrgUserDetailed]]: ...
    @overload
    def get_organization_users_detailed_with_http_info(
        self,
        organization_id: int,
        *,
        filter: str | None = None,
        active_status: str | Sequence[str] | None = None,
        only_admins: bool | str | None = None,
        groups: str | Sequence[str | int] | None = None,
        workspaces: str | Sequence[str | int] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        sort_dir: str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[list[ModelsOrgUserDetailed]]]: ...
    def iterate_organization_users_detailed(
        self,
        organization_id: int,
        *,
        filter: str | None = None,
        active_status: str | Sequence[str] | None = None,
        only_admins: bool | str | None = None,
        groups: str | Sequence[str | int] | None = None,
        workspaces: str | Sequence[str | int] | None = None,
        per_page: int | str | None = None,
        sort_dir: str | None = None,
        _request_timeout: Limit = None,
    ) -> Iterator[ModelsOrgUserDetailed]: ...
    @overload
    def patch_organization_users(
        self,
        organization_id: int,
        params: UserPatchParams | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> str: ...
    @overload
    def patch_organization_users(
        self,
        organization_id: int,
        params: UserPatchParams | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[str]: ...
    @overload
    def patch_organization_users_with_http_info(
        self,
        organization_id: int,
        params: UserPatchParams | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    @overload
    def patch_organization_users_with_http_info(
        self,
        organization_id: int,
        params: UserPatchParams | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[str]]: ...
    @overload
    def put_organization_users(
        self,
        organization_id: int,
        params: OrganizationUserPayload | UserPayload | Mapping[str, Any],
        *,
        organization_user_id: int | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> str: ...
    @overload
    def put_organization_users(
        self,
        organization_id: int,
        params: OrganizationUserPayload | UserPayload | Mapping[str, Any],
        *,
        organization_user_id: int | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[str]: ...
    @overload
    def put_organization_users_with_http_info(
        self,
        organization_id: int,
        params: OrganizationUserPayload | UserPayload | Mapping[str, Any],
        *,
        organization_user_id: int | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    @overload
    def put_organization_users_with_http_info(
        self,
        organization_id: int,
        params: OrganizationUserPayload | UserPayload | Mapping[str, Any],
        *,
        organization_user_id: int | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[str]]: ...
    @overload
    def get_organization_workspaces_workspaceusers(
        self,
        organization_id: int,
        workspace_id: int,
        name: str,
        *,
        search: str | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        custom_rates: bool | str | None = None,
        active: bool | str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> list[ModelsOrganizationWorkspaceUser]: ...
    @overload
    def get_organization_workspaces_workspaceusers(
        self,
        organization_id: int,
        workspace_id: int,
        name: str,
        *,
        search: str | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        custom_rates: bool | str | None = None,
        active: bool | str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[list[ModelsOrganizationWorkspaceUser]]: ...
    @overload
    def get_organization_workspaces_workspaceusers_with_http_info(
        self,
        organization_id: int,
        workspace_id: int,
        name: str,
        *,
        search: str | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        custom_rates: bool | str | None = None,
        active: bool | str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[list[ModelsOrganizationWorkspaceUser]]: ...
    @overload
    def get_organization_workspaces_workspaceusers_with_http_info(
        self,
        organization_id: int,
        workspace_id: int,
        name: str,
        *,
        search: str | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        custom_rates: bool | str | None = None,
        active: bool | str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[list[ModelsOrganizationWorkspaceUser]]]: ...
    def iterate_organization_workspaces_workspaceusers(
        self,
        organization_id: int,
        workspace_id: int,
        name: str,
        *,
        search: str | None = None,
        per_page: int | str | None = None,
        custom_rates: bool | str | None = None,
        active: bool | str | None = None,
        _request_timeout: Limit = None,
    ) -> Iterator[ModelsOrganizationWorkspaceUser]: ...
    @overload
    def patch_organization_workspace_users(
        self,
        organization_id: int,
        workspace_id: int,
        params: WorkspaceUsersPatchParams | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> str: ...
    @overload
    def patch_organization_workspace_users(
        self,
        organization_id: int,
        workspace_id: int,
        params: WorkspaceUsersPatchParams | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[str]: ...
    @overload
    def patch_organization_workspace_users_with_http_info(
        self,
        organization_id: int,
        workspace_id: int,
        params: WorkspaceUsersPatchParams | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    @overload
    def patch_organization_workspace_users_with_http_info(
        self,
        organization_id: int,
        workspace_id: int,
        params: WorkspaceUsersPatchParams | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[str]]: ...
    @overload
    def put_organization_workspaces_assignments(
        self,
        organization_id: int,
        workspace_id: int,
        post: UserAssignmentsPayload | list[UserAssignmentsPayload] | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> str: ...
    @overload
    def put_organization_workspaces_assignments(
        self,
        organization_id: int,
        workspace_id: int,
        post: UserAssignmentsPayload | list[UserAssignmentsPayload] | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[str]: ...
    @overload
    def put_organization_workspaces_assignments_with_http_info(
        self,
        organization_id: int,
        workspace_id: int,
        post: UserAssignmentsPayload | list[UserAssignmentsPayload] | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    @overload
    def put_organization_workspaces_assignments_with_http_info(
        self,
        organization_id: int,
        workspace_id: int,
        post: UserAssignmentsPayload | list[UserAssignmentsPayload] | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[str]]: ...
    @overload
    def get_workspace_users(
        self,
        workspace_id: int,
        *,
        exclude_deleted: bool | str | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> list[ModelsSimpleWorkspaceUser]: ...
    @overload
    def get_workspace_users(
        self,
        workspace_id: int,
        *,
        exclude_deleted: bool | str | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[list[ModelsSimpleWorkspaceUser]]: ...
    @overload
    def get_workspace_users_with_http_info(
        self,
        workspace_id: int,
        *,
        exclude_deleted: bool | str | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[list[ModelsSimpleWorkspaceUser]]: ...
    @overload
    def get_workspace_users_with_http_info(
        self,
        workspace_id: int,
        *,
        exclude_deleted: bool | str | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[list[ModelsSimpleWorkspaceUser]]]: ...
    def iterate_workspace_users(
        self,
        workspace_id: int,
        *,
        exclude_deleted: bool | str | None = None,
        per_page: int | str | None = None,
        _request_timeout: Limit = None,
    ) -> Iterator[ModelsSimpleWorkspaceUser]: ...
    @overload
    def put_workspace_users(
        self,
        workspace_id: int,
        user_id: int,
        *,
        body: WorkspaceUserPayload | UserPayload | Mapping[str, Any] | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> str: ...
    @overload
    def put_workspace_users(
        self,
        workspace_id: int,
        user_id: int,
        *,
        body: WorkspaceUserPayload | UserPayload | Mapping[str, Any] | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[str]: ...
    @overload
    def put_workspace_users_with_http_info(
        self,
        workspace_id: int,
        user_id: int,
        *,
        body: WorkspaceUserPayload | UserPayload | Mapping[str, Any] | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    @overload
    def put_workspace_users_with_http_info(
        self,
        workspace_id: int,
        user_id: int,
        *,
        body: WorkspaceUserPayload | UserPayload | Mapping[str, Any] | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[str]]: ...
    @overload
    def get_workspace_workspace_users(
        self,
        workspace_id: int,
        include_indirect: str,
        *,
        page: int | str | None = None,
        per_page: int | str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> list[ModelsWorkspaceUser]: ...
    @overload
    def get_workspace_workspace_users(
        self,
        workspace_id: int,
        include_indirect: str,
        *,
        page: int | str | None = None,
        per_page: int | str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[list[ModelsWorkspaceUser]]: ...
    @overload
    def get_workspace_workspace_users_with_http_info(
        self,
        workspace_id: int,
        include_indirect: str,
        *,
        page: int | str | None = None,
        per_page: int | str | None = None,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[list[ModelsWorkspaceUser]]: ...
    @overload
    def get_workspace_workspace_users_with_http_info(
        self,
        workspace_id: int,
        include_indirect: str,
        *,
        page: int | str | None = None,
        per_page: int | str | None = None,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[list[ModelsWorkspaceUser]]]: ...
    def iterate_workspace_workspace_users(
        self,
        workspace_id: int,
        include_indirect: str,
        *,
        per_page: int | str | None = None,
        _request_timeout: Limit = None,
    ) -> Iterator[ModelsWorkspaceUser]: ...
    @overload
    def put_workspace_workspace_users(
        self,
        workspace_id: int,
        workspace_user_id: int,
        post: WorkspaceUserPayload | UserPayload | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> str: ...
    @overload
    def put_workspace_workspace_users(
        self,
        workspace_id: int,
        workspace_user_id: int,
        post: WorkspaceUserPayload | UserPayload | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[str]: ...
    @overload
    def put_workspace_workspace_users_with_http_info(
        self,
        workspace_id: int,
        workspace_user_id: int,
        post: WorkspaceUserPayload | UserPayload | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    @overload
    def put_workspace_workspace_users_with_http_info(
        self,
        workspace_id: int,
        workspace_user_id: int,
        post: WorkspaceUserPayload | UserPayload | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[str]]: ...
    @overload
    def delete_workspace_user(
        self,
        workspace_id: int,
        workspace_user_id: int,
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> None: ...
    @overload
    def delete_workspace_user(
        self, workspace_id: int, workspace_user_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[None]: ...
    @overload
    def delete_workspace_user_with_http_info(
        self,
        workspace_id: int,
        workspace_user_id: int,
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[None]: ...
    @overload
    def delete_workspace_user_with_http_info(
        self, workspace_id: int, workspace_user_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[None]]: ...

class WorkspacesApi(Api):
    @overload
    def get_workspaces(
        self, *, since: int | str | None = None, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> list[WorkspaceWithActiveProjectCount]: ...
    @overload
    def get_workspaces(
        self, *, since: int | str | None = None, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[list[WorkspaceWithActiveProjectCount]]: ...
    @overload
    def get_workspaces_with_http_info(
        self, *, since: int | str | None = None, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[list[WorkspaceWithActiveProjectCount]]: ...
    @overload
    def get_workspaces_with_http_info(
        self, *, since: int | str | None = None, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[list[WorkspaceWithActiveProjectCount]]]: ...
    @overload
    def get_workspace(
        self, workspace_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> WorkspaceWorkspace: ...
    @overload
    def get_workspace(
        self, workspace_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[WorkspaceWorkspace]: ...
    @overload
    def get_workspace_with_http_info(
        self, workspace_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[WorkspaceWorkspace]: ...
    @overload
    def get_workspace_with_http_info(
        self, workspace_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[WorkspaceWorkspace]]: ...
    @overload
    def put_workspace(
        self,
        workspace_id: int,
        body: WorkspacePayload | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> WorkspaceWorkspace: ...
    @overload
    def put_workspace(
        self,
        workspace_id: int,
        body: WorkspacePayload | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[WorkspaceWorkspace]: ...
    @overload
    def put_workspace_with_http_info(
        self,
        workspace_id: int,
        body: WorkspacePayload | Mapping[str, Any],
        *,
        async_req: Literal[False] = False,
        _request_timeout: Limit = None,
    ) -> Reply[WorkspaceWorkspace]: ...
    @overload
    def put_workspace_with_http_info(
        self,
        workspace_id: int,
        body: WorkspacePayload | Mapping[str, Any],
        *,
        async_req: Literal[True],
        _request_timeout: Limit = None,
    ) -> Pending[Reply[WorkspaceWorkspace]]: ...
    @overload
    def get_workspace_statistics(
        self, workspace_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> ModelsStatistics: ...
    @overload
    def get_workspace_statistics(
        self, workspace_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[ModelsStatistics]: ...
    @overload
    def get_workspace_statistics_with_http_info(
        self, workspace_id: int, *, async_req: Literal[False] = False, _request_timeout: Limit = None
    ) -> Reply[ModelsStatistics]: ...
    @overload
    def get_workspace_statistics_with_http_info(
        self, workspace_id: int, *, async_req: Literal[True], _request_timeout: Limit = None
    ) -> Pending[Reply[ModelsStatistics]]: ...
