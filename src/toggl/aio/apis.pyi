# Made by scripts/stubs from the operation table: change that, and run it.

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any

from rollcall.client.connection import Reply
from rollcall.client.transport import Limit
from toggl.aio.api_client import ApiClient
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
    async def get_audit_logs(
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
        _request_timeout: Limit = None,
    ) -> list[AuditLogEvent]: ...
    async def get_audit_logs_with_http_info(
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
        _request_timeout: Limit = None,
    ) -> Reply[list[AuditLogEvent]]: ...

class GroupsApi(Api):
    async def get_workspace_groups(self, workspace_id: int, *, _request_timeout: Limit = None) -> list[ModelsGroup]: ...
    async def get_workspace_groups_with_http_info(
        self, workspace_id: int, *, _request_timeout: Limit = None
    ) -> Reply[list[ModelsGroup]]: ...
    async def post_workspace_groups(
        self, workspace_id: int, body: GroupNamePayload | Mapping[str, Any], *, _request_timeout: Limit = None
    ) -> ModelsGroup: ...
    async def post_workspace_groups_with_http_info(
        self, workspace_id: int, body: GroupNamePayload | Mapping[str, Any], *, _request_timeout: Limit = None
    ) -> Reply[ModelsGroup]: ...
    async def put_workspace_groups(
        self,
        workspace_id: int,
        group_id: int,
        body: GroupNamePayload | Mapping[str, Any],
        *,
        _request_timeout: Limit = None,
    ) -> ModelsGroup: ...
    async def put_workspace_groups_with_http_info(
        self,
        workspace_id: int,
        group_id: int,
        body: GroupNamePayload | Mapping[str, Any],
        *,
        _request_timeout: Limit = None,
    ) -> Reply[ModelsGroup]: ...
    async def delete_workspace_groups(
        self, workspace_id: int, group_id: int, *, _request_timeout: Limit = None
    ) -> None: ...
    async def delete_workspace_groups_with_http_info(
        self, workspace_id: int, group_id: int, *, _request_timeout: Limit = None
    ) -> Reply[None]: ...

class InvitationsApi(Api):
    async def get_organization_invitations(
        self,
        organization_id: int,
        *,
        state: str | Sequence[str] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        _request_timeout: Limit = None,
    ) -> list[OrganizationInvitation]: ...
    async def get_organization_invitations_with_http_info(
        self,
        organization_id: int,
        *,
        state: str | Sequence[str] | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        _request_timeout: Limit = None,
    ) -> Reply[list[OrganizationInvitation]]: ...
    def iterate_organization_invitations(
        self,
        organization_id: int,
        *,
        state: str | Sequence[str] | None = None,
        per_page: int | str | None = None,
        _request_timeout: Limit = None,
    ) -> AsyncGenerator[OrganizationInvitation]: ...
    async def put_organization_invitation_resend(
        self, organization_id: int, invitation_id: int, *, _request_timeout: Limit = None
    ) -> str: ...
    async def put_organization_invitation_resend_with_http_info(
        self, organization_id: int, invitation_id: int, *, _request_timeout: Limit = None
    ) -> Reply[str]: ...
    async def delete_organization_invitation(
        self, organization_id: int, invitation_id: int, *, _request_timeout: Limit = None
    ) -> str: ...
    async def delete_organization_invitation_with_http_info(
        self, organization_id: int, invitation_id: int, *, _request_timeout: Limit = None
    ) -> Reply[str]: ...
    async def post_organization_reject_invitation(
        self, inviutation_code: str | None = None, *, invitation_code: str | None = None, _request_timeout: Limit = None
    ) -> str: ...
    async def post_organization_reject_invitation_with_http_info(
        self, inviutation_code: str | None = None, *, invitation_code: str | None = None, _request_timeout: Limit = None
    ) -> Reply[str]: ...
    async def get_invitation(self, invitation_code: str, *, _request_timeout: Limit = None) -> ModelsSSOInvitation: ...
    async def get_invitation_with_http_info(
        self, invitation_code: str, *, _request_timeout: Limit = None
    ) -> Reply[ModelsSSOInvitation]: ...

class InvoicesApi(Api):
    async def get_organization_invoice_pdf(
        self, organization_id: int, invoice_uid: str, *, _request_timeout: Limit = None
    ) -> bytes: ...
    async def get_organization_invoice_pdf_with_http_info(
        self, organization_id: int, invoice_uid: str, *, _request_timeout: Limit = None
    ) -> Reply[bytes]: ...

class MeApi(Api):
    async def post_signup(
        self, body: MePostUser | Mapping[str, Any], *, _request_timeout: Limit = None
    ) -> ModelsTogglUser: ...
    async def post_signup_with_http_info(
        self, body: MePostUser | Mapping[str, Any], *, _request_timeout: Limit = None
    ) -> Reply[ModelsTogglUser]: ...
    async def get_me(
        self, *, with_related_data: bool | str | None = None, _request_timeout: Limit = None
    ) -> RelatedUserWithRelated: ...
    async def get_me_with_http_info(
        self, *, with_related_data: bool | str | None = None, _request_timeout: Limit = None
    ) -> Reply[RelatedUserWithRelated]: ...
    async def put_me(
        self, body: MePayload | Mapping[str, Any], *, _request_timeout: Limit = None
    ) -> ModelsTogglUser: ...
    async def put_me_with_http_info(
        self, body: MePayload | Mapping[str, Any], *, _request_timeout: Limit = None
    ) -> Reply[ModelsTogglUser]: ...
    async def get_me_id(self, *, _request_timeout: Limit = None) -> int: ...
    async def get_me_id_with_http_info(self, *, _request_timeout: Limit = None) -> Reply[int]: ...
    async def get_me_logged(self, *, _request_timeout: Limit = None) -> str: ...
    async def get_me_logged_with_http_info(self, *, _request_timeout: Limit = None) -> Reply[str]: ...
    async def post_me_reset_token(self, *, _request_timeout: Limit = None) -> str: ...
    async def post_me_reset_token_with_http_info(self, *, _request_timeout: Limit = None) -> Reply[str]: ...
    async def post_me_sessions(
        self, *, body: MePostSessionHandlerRequestBody | Mapping[str, Any] | None = None, _request_timeout: Limit = None
    ) -> ModelsUser: ...
    async def post_me_sessions_with_http_info(
        self, *, body: MePostSessionHandlerRequestBody | Mapping[str, Any] | None = None, _request_timeout: Limit = None
    ) -> Reply[ModelsUser]: ...
    async def delete_me_sessions(self, *, _request_timeout: Limit = None) -> None: ...
    async def delete_me_sessions_with_http_info(self, *, _request_timeout: Limit = None) -> Reply[None]: ...
    async def get_me_organizations(self, *, _request_timeout: Limit = None) -> list[ModelsMeOrganization]: ...
    async def get_me_organizations_with_http_info(
        self, *, _request_timeout: Limit = None
    ) -> Reply[list[ModelsMeOrganization]]: ...
    async def get_me_workspaces(
        self, *, since: int | str | None = None, _request_timeout: Limit = None
    ) -> list[WorkspaceWithActiveProjectCount]: ...
    async def get_me_workspaces_with_http_info(
        self, *, since: int | str | None = None, _request_timeout: Limit = None
    ) -> Reply[list[WorkspaceWithActiveProjectCount]]: ...
    async def post_me_lost_passwords(
        self, body: ModelsLostPassword | Mapping[str, Any], *, _request_timeout: Limit = None
    ) -> str: ...
    async def post_me_lost_passwords_with_http_info(
        self, body: ModelsLostPassword | Mapping[str, Any], *, _request_timeout: Limit = None
    ) -> Reply[str]: ...
    async def get_me_lost_passwords(self, token_code: str, *, _request_timeout: Limit = None) -> str: ...
    async def get_me_lost_passwords_with_http_info(
        self, token_code: str, *, _request_timeout: Limit = None
    ) -> Reply[str]: ...
    async def post_me_lost_passwords_confirm(
        self, body: MeLostPasswordPayload | Mapping[str, Any], *, _request_timeout: Limit = None
    ) -> str: ...
    async def post_me_lost_passwords_confirm_with_http_info(
        self, body: MeLostPasswordPayload | Mapping[str, Any], *, _request_timeout: Limit = None
    ) -> Reply[str]: ...
    async def get_me_quota(self, *, _request_timeout: Limit = None) -> list[MeGetQuotaResult]: ...
    async def get_me_quota_with_http_info(self, *, _request_timeout: Limit = None) -> Reply[list[MeGetQuotaResult]]: ...

class OrganizationsApi(Api):
    async def post_organization(
        self, post_organizations_request: ModelsPostPayload | Mapping[str, Any], *, _request_timeout: Limit = None
    ) -> OrganizationPostOrganizationReply: ...
    async def post_organization_with_http_info(
        self, post_organizations_request: ModelsPostPayload | Mapping[str, Any], *, _request_timeout: Limit = None
    ) -> Reply[OrganizationPostOrganizationReply]: ...
    async def get_organization(
        self, organization_id: int, *, _request_timeout: Limit = None
    ) -> ModelsMeOrganization: ...
    async def get_organization_with_http_info(
        self, organization_id: int, *, _request_timeout: Limit = None
    ) -> Reply[ModelsMeOrganization]: ...
    async def put_organization(
        self,
        organization_id: int,
        put_organizations_request: ModelsPutPayload | Mapping[str, Any],
        *,
        _request_timeout: Limit = None,
    ) -> str: ...
    async def put_organization_with_http_info(
        self,
        organization_id: int,
        put_organizations_request: ModelsPutPayload | Mapping[str, Any],
        *,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    async def delete_organization_users_leave(self, organization_id: int, *, _request_timeout: Limit = None) -> str: ...
    async def delete_organization_users_leave_with_http_info(
        self, organization_id: int, *, _request_timeout: Limit = None
    ) -> Reply[str]: ...
    async def delete_organization_users(self, organization_id: int, *, _request_timeout: Limit = None) -> str: ...
    async def delete_organization_users_with_http_info(
        self, organization_id: int, *, _request_timeout: Limit = None
    ) -> Reply[str]: ...
    async def get_organization_users(
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
        _request_timeout: Limit = None,
    ) -> list[ModelsOrgUser]: ...
    async def get_organization_users_with_http_info(
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
        _request_timeout: Limit = None,
    ) -> Reply[list[ModelsOrgUser]]: ...
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
    ) -> AsyncGenerator[ModelsOrgUser]: ...
    async def get_organization_users_detailed(
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
        _request_timeout: Limit = None,
    ) -> list[ModelsOrgUserDetailed]: ...
    async def get_organization_users_detailed_with_http_info(
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
        _request_timeout: Limit = None,
    ) -> Reply[list[ModelsOrgUserDetailed]]: ...
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
    ) -> AsyncGenerator[ModelsOrgUserDetailed]: ...
    async def patch_organization_users(
        self, organization_id: int, params: UserPatchParams | Mapping[str, Any], *, _request_timeout: Limit = None
    ) -> str: ...
    async def patch_organization_users_with_http_info(
        self, organization_id: int, params: UserPatchParams | Mapping[str, Any], *, _request_timeout: Limit = None
    ) -> Reply[str]: ...
    async def put_organization_users(
        self,
        organization_id: int,
        params: OrganizationUserPayload | UserPayload | Mapping[str, Any],
        *,
        organization_user_id: int | None = None,
        _request_timeout: Limit = None,
    ) -> str: ...
    async def put_organization_users_with_http_info(
        self,
        organization_id: int,
        params: OrganizationUserPayload | UserPayload | Mapping[str, Any],
        *,
        organization_user_id: int | None = None,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    async def get_organization_groups(
        self,
        organization_id: int,
        *,
        name: str | None = None,
        workspace: int | str | None = None,
        _request_timeout: Limit = None,
    ) -> list[GroupOrganizationGroupResponse]: ...
    async def get_organization_groups_with_http_info(
        self,
        organization_id: int,
        *,
        name: str | None = None,
        workspace: int | str | None = None,
        _request_timeout: Limit = None,
    ) -> Reply[list[GroupOrganizationGroupResponse]]: ...
    async def post_organization_group(
        self,
        organization_id: int,
        post_group_request: GroupPayload | Mapping[str, Any],
        *,
        _request_timeout: Limit = None,
    ) -> GroupOrganizationGroupResponse: ...
    async def post_organization_group_with_http_info(
        self,
        organization_id: int,
        post_group_request: GroupPayload | Mapping[str, Any],
        *,
        _request_timeout: Limit = None,
    ) -> Reply[GroupOrganizationGroupResponse]: ...
    async def put_organization_group(
        self,
        organization_id: int,
        put_group_request: GroupPayload | Mapping[str, Any],
        *,
        group_id: int | None = None,
        _request_timeout: Limit = None,
    ) -> GroupOrganizationGroupResponse: ...
    async def put_organization_group_with_http_info(
        self,
        organization_id: int,
        put_group_request: GroupPayload | Mapping[str, Any],
        *,
        group_id: int | None = None,
        _request_timeout: Limit = None,
    ) -> Reply[GroupOrganizationGroupResponse]: ...
    async def patch_organization_group(
        self,
        organization_id: int,
        group_id: int,
        patch_group_request: list[GroupsPatchInput] | Sequence[Mapping[str, Any]],
        *,
        _request_timeout: Limit = None,
    ) -> GroupsPatchOutput: ...
    async def patch_organization_group_with_http_info(
        self,
        organization_id: int,
        group_id: int,
        patch_group_request: list[GroupsPatchInput] | Sequence[Mapping[str, Any]],
        *,
        _request_timeout: Limit = None,
    ) -> Reply[GroupsPatchOutput]: ...
    async def delete_organization_group(
        self, organization_id: int, group_id: int, *, _request_timeout: Limit = None
    ) -> str: ...
    async def delete_organization_group_with_http_info(
        self, organization_id: int, group_id: int, *, _request_timeout: Limit = None
    ) -> Reply[str]: ...
    async def get_organization_workspaces_groups(
        self, organization_id: int, workspace_id: int, *, _request_timeout: Limit = None
    ) -> list[GroupOrganizationGroupResponse]: ...
    async def get_organization_workspaces_groups_with_http_info(
        self, organization_id: int, workspace_id: int, *, _request_timeout: Limit = None
    ) -> Reply[list[GroupOrganizationGroupResponse]]: ...
    async def post_organization_workspaces(
        self, organization_id: int, post: WorkspacePayload | Mapping[str, Any], *, _request_timeout: Limit = None
    ) -> WorkspaceWorkspace: ...
    async def post_organization_workspaces_with_http_info(
        self, organization_id: int, post: WorkspacePayload | Mapping[str, Any], *, _request_timeout: Limit = None
    ) -> Reply[WorkspaceWorkspace]: ...
    async def put_organization_workspaces_assignments(
        self,
        organization_id: int,
        workspace_id: int,
        post: UserAssignmentsPayload | list[UserAssignmentsPayload] | Mapping[str, Any],
        *,
        _request_timeout: Limit = None,
    ) -> str: ...
    async def put_organization_workspaces_assignments_with_http_info(
        self,
        organization_id: int,
        workspace_id: int,
        post: UserAssignmentsPayload | list[UserAssignmentsPayload] | Mapping[str, Any],
        *,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    async def get_organization_workspaces_statistics(
        self, *, organization_id: int | None = None, _request_timeout: Limit = None
    ) -> dict[str, ModelsStatistics]: ...
    async def get_organization_workspaces_statistics_with_http_info(
        self, *, organization_id: int | None = None, _request_timeout: Limit = None
    ) -> Reply[dict[str, ModelsStatistics]]: ...
    async def post_organization_invitation(
        self,
        organization_id: int,
        post_invitation_request: InvitationPost | Mapping[str, Any],
        *,
        _request_timeout: Limit = None,
    ) -> InvitationResult: ...
    async def post_organization_invitation_with_http_info(
        self,
        organization_id: int,
        post_invitation_request: InvitationPost | Mapping[str, Any],
        *,
        _request_timeout: Limit = None,
    ) -> Reply[InvitationResult]: ...
    async def post_organization_accept_invitation(
        self, inviutation_code: str | None = None, *, invitation_code: str | None = None, _request_timeout: Limit = None
    ) -> str: ...
    async def post_organization_accept_invitation_with_http_info(
        self, inviutation_code: str | None = None, *, invitation_code: str | None = None, _request_timeout: Limit = None
    ) -> Reply[str]: ...
    async def get_organization_owner(
        self, organization_id: int, *, _request_timeout: Limit = None
    ) -> ModelsOrganizationOwner: ...
    async def get_organization_owner_with_http_info(
        self, organization_id: int, *, _request_timeout: Limit = None
    ) -> Reply[ModelsOrganizationOwner]: ...
    async def get_organizations_plans(
        self, organization_id: int, *, _request_timeout: Limit = None
    ) -> BillingPricingStruct: ...
    async def get_organizations_plans_with_http_info(
        self, organization_id: int, *, _request_timeout: Limit = None
    ) -> Reply[BillingPricingStruct]: ...
    async def get_organizations_plans_0(
        self, organization_id: int, plan_id: int, *, _request_timeout: Limit = None
    ) -> BillingPricingStruct: ...
    async def get_organizations_plans_0_with_http_info(
        self, organization_id: int, plan_id: int, *, _request_timeout: Limit = None
    ) -> Reply[BillingPricingStruct]: ...
    async def get_organizations_payments_records(
        self,
        organization_id: int,
        *,
        is_unified: bool | str | None = None,
        next: str | None = None,
        prev: str | None = None,
        cursor: str | None = None,
        last_inv: str | None = None,
        _request_timeout: Limit = None,
    ) -> list[ModelsPaymentRecord] | list[ModelsUnifiedSubscriptionInvoiceList]: ...
    async def get_organizations_payments_records_with_http_info(
        self,
        organization_id: int,
        *,
        is_unified: bool | str | None = None,
        next: str | None = None,
        prev: str | None = None,
        cursor: str | None = None,
        last_inv: str | None = None,
        _request_timeout: Limit = None,
    ) -> Reply[list[ModelsPaymentRecord] | list[ModelsUnifiedSubscriptionInvoiceList]]: ...
    async def get_organization_segmentation(
        self, organization_id: int, *, _request_timeout: Limit = None
    ) -> ModelsOrganizationSegmentation: ...
    async def get_organization_segmentation_with_http_info(
        self, organization_id: int, *, _request_timeout: Limit = None
    ) -> Reply[ModelsOrganizationSegmentation]: ...
    async def put_organization_segmentation(
        self,
        organization_id: int,
        *,
        body: ModelsOrganizationSegmentation | Mapping[str, Any] | None = None,
        _request_timeout: Limit = None,
    ) -> ModelsOrganizationSegmentation: ...
    async def put_organization_segmentation_with_http_info(
        self,
        organization_id: int,
        *,
        body: ModelsOrganizationSegmentation | Mapping[str, Any] | None = None,
        _request_timeout: Limit = None,
    ) -> Reply[ModelsOrganizationSegmentation]: ...

class OwnershipApi(Api):
    async def get_organization_owner_transfers(
        self, organization_id: int, *, ongoing: bool | str | None = None, _request_timeout: Limit = None
    ) -> list[ModelsTransfer]: ...
    async def get_organization_owner_transfers_with_http_info(
        self, organization_id: int, *, ongoing: bool | str | None = None, _request_timeout: Limit = None
    ) -> Reply[list[ModelsTransfer]]: ...
    async def post_organization_owner_transfer(
        self,
        organization_id: int,
        *,
        body: TransferPayload | Mapping[str, Any] | None = None,
        _request_timeout: Limit = None,
    ) -> ModelsTransfer: ...
    async def post_organization_owner_transfer_with_http_info(
        self,
        organization_id: int,
        *,
        body: TransferPayload | Mapping[str, Any] | None = None,
        _request_timeout: Limit = None,
    ) -> Reply[ModelsTransfer]: ...
    async def get_organization_owner_transfer(
        self, organization_id: int, transfer_id: int, *, _request_timeout: Limit = None
    ) -> ModelsTransfer: ...
    async def get_organization_owner_transfer_with_http_info(
        self, organization_id: int, transfer_id: int, *, _request_timeout: Limit = None
    ) -> Reply[ModelsTransfer]: ...
    async def post_organization_owner_transfer_action(
        self, organization_id: int, transfer_id: int, action: str, *, _request_timeout: Limit = None
    ) -> ModelsTransfer: ...
    async def post_organization_owner_transfer_action_with_http_info(
        self, organization_id: int, transfer_id: int, action: str, *, _request_timeout: Limit = None
    ) -> Reply[ModelsTransfer]: ...

class RolesApi(Api):
    async def get_organization_roles(
        self, organization_id: int, *, _request_timeout: Limit = None
    ) -> list[TypesRole]: ...
    async def get_organization_roles_with_http_info(
        self, organization_id: int, *, _request_timeout: Limit = None
    ) -> Reply[list[TypesRole]]: ...

class StatusApi(Api):
    async def get_status(self, *, _request_timeout: Limit = None) -> Status: ...
    async def get_status_with_http_info(self, *, _request_timeout: Limit = None) -> Reply[Status]: ...

class UsersApi(Api):
    async def post_workspace_users_lost_password(
        self, workspace_id: int, user_id: int, *, _request_timeout: Limit = None
    ) -> UsersLostPasswordURL: ...
    async def post_workspace_users_lost_password_with_http_info(
        self, workspace_id: int, user_id: int, *, _request_timeout: Limit = None
    ) -> Reply[UsersLostPasswordURL]: ...
    async def delete_organization_users_leave(self, organization_id: int, *, _request_timeout: Limit = None) -> str: ...
    async def delete_organization_users_leave_with_http_info(
        self, organization_id: int, *, _request_timeout: Limit = None
    ) -> Reply[str]: ...
    async def get_organization_users(
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
        _request_timeout: Limit = None,
    ) -> list[ModelsOrgUser]: ...
    async def get_organization_users_with_http_info(
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
        _request_timeout: Limit = None,
    ) -> Reply[list[ModelsOrgUser]]: ...
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
    ) -> AsyncGenerator[ModelsOrgUser]: ...
    async def get_organization_users_detailed(
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
        _request_timeout: Limit = None,
    ) -> list[ModelsOrgUserDetailed]: ...
    async def get_organization_users_detailed_with_http_info(
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
        _request_timeout: Limit = None,
    ) -> Reply[list[ModelsOrgUserDetailed]]: ...
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
    ) -> AsyncGenerator[ModelsOrgUserDetailed]: ...
    async def patch_organization_users(
        self, organization_id: int, params: UserPatchParams | Mapping[str, Any], *, _request_timeout: Limit = None
    ) -> str: ...
    async def patch_organization_users_with_http_info(
        self, organization_id: int, params: UserPatchParams | Mapping[str, Any], *, _request_timeout: Limit = None
    ) -> Reply[str]: ...
    async def put_organization_users(
        self,
        organization_id: int,
        params: OrganizationUserPayload | UserPayload | Mapping[str, Any],
        *,
        organization_user_id: int | None = None,
        _request_timeout: Limit = None,
    ) -> str: ...
    async def put_organization_users_with_http_info(
        self,
        organization_id: int,
        params: OrganizationUserPayload | UserPayload | Mapping[str, Any],
        *,
        organization_user_id: int | None = None,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    async def get_organization_workspaces_workspaceusers(
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
        _request_timeout: Limit = None,
    ) -> list[ModelsOrganizationWorkspaceUser]: ...
    async def get_organization_workspaces_workspaceusers_with_http_info(
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
        _request_timeout: Limit = None,
    ) -> Reply[list[ModelsOrganizationWorkspaceUser]]: ...
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
    ) -> AsyncGenerator[ModelsOrganizationWorkspaceUser]: ...
    async def patch_organization_workspace_users(
        self,
        organization_id: int,
        workspace_id: int,
        params: WorkspaceUsersPatchParams | Mapping[str, Any],
        *,
        _request_timeout: Limit = None,
    ) -> str: ...
    async def patch_organization_workspace_users_with_http_info(
        self,
        organization_id: int,
        workspace_id: int,
        params: WorkspaceUsersPatchParams | Mapping[str, Any],
        *,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    async def put_organization_workspaces_assignments(
        self,
        organization_id: int,
        workspace_id: int,
        post: UserAssignmentsPayload | list[UserAssignmentsPayload] | Mapping[str, Any],
        *,
        _request_timeout: Limit = None,
    ) -> str: ...
    async def put_organization_workspaces_assignments_with_http_info(
        self,
        organization_id: int,
        workspace_id: int,
        post: UserAssignmentsPayload | list[UserAssignmentsPayload] | Mapping[str, Any],
        *,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    async def get_workspace_users(
        self,
        workspace_id: int,
        *,
        exclude_deleted: bool | str | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        _request_timeout: Limit = None,
    ) -> list[ModelsSimpleWorkspaceUser]: ...
    async def get_workspace_users_with_http_info(
        self,
        workspace_id: int,
        *,
        exclude_deleted: bool | str | None = None,
        page: int | str | None = None,
        per_page: int | str | None = None,
        _request_timeout: Limit = None,
    ) -> Reply[list[ModelsSimpleWorkspaceUser]]: ...
    def iterate_workspace_users(
        self,
        workspace_id: int,
        *,
        exclude_deleted: bool | str | None = None,
        per_page: int | str | None = None,
        _request_timeout: Limit = None,
    ) -> AsyncGenerator[ModelsSimpleWorkspaceUser]: ...
    async def put_workspace_users(
        self,
        workspace_id: int,
        user_id: int,
        *,
        body: WorkspaceUserPayload | UserPayload | Mapping[str, Any] | None = None,
        _request_timeout: Limit = None,
    ) -> str: ...
    async def put_workspace_users_with_http_info(
        self,
        workspace_id: int,
        user_id: int,
        *,
        body: WorkspaceUserPayload | UserPayload | Mapping[str, Any] | None = None,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    async def get_workspace_workspace_users(
        self,
        workspace_id: int,
        include_indirect: str,
        *,
        page: int | str | None = None,
        per_page: int | str | None = None,
        _request_timeout: Limit = None,
    ) -> list[ModelsWorkspaceUser]: ...
    async def get_workspace_workspace_users_with_http_info(
        self,
        workspace_id: int,
        include_indirect: str,
        *,
        page: int | str | None = None,
        per_page: int | str | None = None,
        _request_timeout: Limit = None,
    ) -> Reply[list[ModelsWorkspaceUser]]: ...
    def iterate_workspace_workspace_users(
        self,
        workspace_id: int,
        include_indirect: str,
        *,
        per_page: int | str | None = None,
        _request_timeout: Limit = None,
    ) -> AsyncGenerator[ModelsWorkspaceUser]: ...
    async def put_workspace_workspace_users(
        self,
        workspace_id: int,
        workspace_user_id: int,
        post: WorkspaceUserPayload | UserPayload | Mapping[str, Any],
        *,
        _request_timeout: Limit = None,
    ) -> str: ...
    async def put_workspace_workspace_users_with_http_info(
        self,
        workspace_id: int,
        workspace_user_id: int,
        post: WorkspaceUserPayload | UserPayload | Mapping[str, Any],
        *,
        _request_timeout: Limit = None,
    ) -> Reply[str]: ...
    async def delete_workspace_user(
        self, workspace_id: int, workspace_user_id: int, *, _request_timeout: Limit = None
    ) -> None: ...
    async def delete_workspace_user_with_http_info(
        self, workspace_id: int, workspace_user_id: int, *, _request_timeout: Limit = None
    ) -> Reply[None]: ...

class WorkspacesApi(Api):
    async def get_workspaces(
        self, *, since: int | str | None = None, _request_timeout: Limit = None
    ) -> list[WorkspaceWithActiveProjectCount]: ...
    async def get_workspaces_with_http_info(
        self, *, since: int | str | None = None, _request_timeout: Limit = None
    ) -> Reply[list[WorkspaceWithActiveProjectCount]]: ...
    async def get_workspace(self, workspace_id: int, *, _request_timeout: Limit = None) -> WorkspaceWorkspace: ...
    async def get_workspace_with_http_info(
        self, workspace_id: int, *, _request_timeout: Limit = None
    ) -> Reply[WorkspaceWorkspace]: ...
    async def put_workspace(
        self, workspace_id: int, body: WorkspacePayload | Mapping[str, Any], *, _request_timeout: Limit = None
    ) -> WorkspaceWorkspace: ...
    async def put_workspace_with_http_info(
        self, workspace_id: int, body: WorkspacePayload | Mapping[str, Any], *, _request_timeout: Limit = None
    ) -> Reply[WorkspaceWorkspace]: ...
    async def get_workspace_statistics(
        self, workspace_id: int, *, _request_timeout: Limit = None
    ) -> ModelsStatistics: ...
    async def get_workspace_statistics_with_http_info(
        self, workspace_id: int, *, _request_timeout: Limit = None
    ) -> Reply[ModelsStatistics]: ...
